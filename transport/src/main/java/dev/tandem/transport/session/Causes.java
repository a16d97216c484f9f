package dev.tandem.transport.session;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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

    /** One failure's own words; where its message is only a file's name, with what is the matter with that file. */
    public static String words(Throwable e) {
        String message = e.getMessage();
        if (message == null) {
            return e.getClass().getSimpleName();
        }
        if (!(e instanceof FileSystemException file) || file.getReason() != null) {
            return message;
        }
        return switch (file) {
            case NoSuchFileException _ -> "no file [" + message + "]";
            case AccessDeniedException _ -> "no permission for [" + message + "]";
            case FileAlreadyExistsException _ -> "[" + message + "] is there already, and not what is needed there";
            case NotDirectoryException _ -> "[" + message + "] is no folder";
            case DirectoryNotEmptyException _ -> "the folder [" + message + "] is not empty";
            case FileSystemLoopException _ -> "the link [" + message + "] leads back to itself";
            default -> e.getClass().getSimpleName() + " [" + message + "]";
        };
    }
}
