package dev.tandem.transport.session;

import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;

/** Looks along the causes of a failure. */
public final class Causes {
    private static final int MAX = 16;

    private Causes() {
    }

    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause).limit(MAX);
    }

    /** The first of a type, or null. */
    public static <T extends Throwable> T find(Throwable failure, Class<T> type) {
        return of(failure).filter(type::isInstance).map(type::cast).findFirst().orElse(null);
    }

    /** Message of the innermost cause. */
    public static String deepest(Throwable failure) {
        Throwable last = of(failure).reduce((first, second) -> second).orElse(failure);
        return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    }

    /** One failure's own words; a missing file's message is only its name. */
    public static String words(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "no file [" + e.getMessage() + "]";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
