package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.entropy.CorruptBitstreamException;
import java.util.regex.Pattern;

/** What is wrong with a stream, table, network or slice; codes are pinned in docs/conformance.md. */
enum ErrorKind {
    STREAM_LENGTH(1, "a multiple of 4 bytes, at least 8"), STREAM_STATE(2,
            "a state in \\[2\\^31, 2\\^63\\)"), STREAM_WORD(3, "another word"), ESCAPE_LONG(4,
                    "an escape of at most 7 nibbles"), ESCAPE_ZEROS(5,
                            "an escape without leading zeros"), STREAM_LEFT(6,
                                    "the end"), STREAM_FINAL(7, "the final state 2\\^31"),

    MAGIC(20, "magic .*"), VERSION(21, "version 1|version in 1\\.\\.1|slice version 1"), BYTES(22,
            "at least [0-9]+ bytes|[0-9]+ (more )?bytes.*"),

    TABLE_COUNT(30, "1\\.\\.[0-9]+ (rows|entries)"), ROW_LENGTH(31,
            "a row within .*|row lengths that sum .*|3\\.\\.65537 entries"), ROW_FIRST(32,
                    "a first entry 0"), ROW_ORDER(33, "entry [0-9]+ above .*"), ROW_LAST(34,
                            "a last entry 65536"), ROW_OFFSET(35, "an offset within .*"),

    HYPER_COUNT(40, "(experts|layers|meanFractionBits|width) in .*|an even last width"), HYPER_SHIFT(41,
            "a shift in .*"), HYPER_PADDING(42, "zero padding"), HYPER_THRESHOLD(43,
                    "ascending thresholds"), HYPER_MULTIPLIER(44,
                            "a multiplier in .*"), HYPER_SUM(45, "a sum of output .*"),

    SLICE_BYTES(50, "1[78]\\.\\.65535 bytes"), SLICE_CRC(51, "CRC-32C .*"), SLICE_VARINT(52,
            "the second byte of a varint .*"), SLICE_RANKS(53, "1 or more tokens .*"), SLICE_POINT(54,
                    "an operating point of .*|the operating point .*"), EXPERT(55,
                            "expert symbol in .*"), Z(56, "z symbol in .*"), Y(57,
                                    "y symbol in .*"),

    LATENT_SIZE(58, "a latent map of .*"), BANDS(59, "as many bands as .*"), BAND(60, "a band below .*");

    private final int code;
    private final Pattern expected;

    ErrorKind(int code, String expected) {
        this.code = code;
        this.expected = Pattern.compile(expected);
    }

    int code() {
        return code;
    }

    static ErrorKind of(int code) {
        for (ErrorKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no error kind [" + code + "]");
    }

    /** The one kind that the exception's words mean. */
    static ErrorKind of(CorruptBitstreamException e) {
        for (ErrorKind kind : values()) {
            if (kind.expected.matcher(e.expected()).matches()) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no error kind for: " + e.getMessage());
    }
}
