package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.entropy.CorruptBitstreamException;
import java.util.function.Consumer;

/**
 * What a reader must say of some data.
 *
 * @param kind null if it must be accepted
 * @param offset byte at which the damage shows; 0 for accepted data
 */
record Verdict(ErrorKind kind, long offset) {
    static final Verdict ACCEPTED = new Verdict(null, 0);

    /** What reading the data does. */
    static <T> Verdict of(T data, Consumer<T> reader) {
        try {
            reader.accept(data);
            return ACCEPTED;
        } catch (CorruptBitstreamException e) {
            return of(e);
        }
    }

    /** What was found wrong; null for nothing. */
    static Verdict of(CorruptBitstreamException e) {
        return e == null ? ACCEPTED : new Verdict(ErrorKind.of(e), e.offset());
    }

    boolean accepted() {
        return kind == null;
    }

    void write(CaseWriter out) {
        out.number(kind == null ? 0 : kind.code()).number(offset);
    }

    static Verdict read(CaseReader in) {
        int code = in.number();
        return new Verdict(code == 0 ? null : ErrorKind.of(code), in.number());
    }
}
