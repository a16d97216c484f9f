package dev.tandem.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a picture's file within bounds; what never ends (a device, a pipe) ends here. */
final class PictureBytes {
    /** Longest file that is read. */
    static final long MAX_FILE_BYTES = 256L << 20;
    /** Most bytes that are read of what doesn't say how long it is: they are held twice for a moment. */
    static final int MAX_STREAM_BYTES = 64 << 20;

    private PictureBytes() {
    }

    /**
     * All bytes of a file that begins as a picture does.
     *
     * @throws PictureException      if it is no picture of a known kind, or too long
     * @throws NoSuchFileException   if there is none
     * @throws AccessDeniedException if it may not be read
     * @throws FileSystemException   if it is a folder
     */
    static byte[] read(Path file) throws IOException {
        if (file.toString().isEmpty()) {
            throw new NoSuchFileException("[]", null, "the name is empty; needed a file's");
        }
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a folder; needed a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file, Files.isRegularFile(file) ? Files.size(file) : 0);
        } catch (NoSuchFileException e) {
            throw because(new NoSuchFileException(file.toString(), null, "there is no such file; needed one"), e);
        } catch (AccessDeniedException e) {
            throw because(new AccessDeniedException(file.toString(), null,
                    "permission denied; needed a file that may be read"), e);
        }
    }

    private static byte[] read(InputStream in, Path file, long size) throws IOException {
        if (size > MAX_FILE_BYTES) {
            throw tooLong(file, "[" + size + "] bytes", MAX_FILE_BYTES);
        }
        byte[] start = in.readNBytes(PictureKind.START);
        ImageReader.kind(start, file.toString());
        if (size > start.length) {
            byte[] whole = Arrays.copyOf(start, (int) size);
            int read = start.length + in.readNBytes(whole, start.length, whole.length - start.length);
            return read == whole.length ? whole : Arrays.copyOf(whole, read);
        }
        byte[] rest = in.readNBytes(MAX_STREAM_BYTES);
        if (rest.length == MAX_STREAM_BYTES) {
            throw tooLong(file, "more than [" + MAX_STREAM_BYTES + "] bytes", MAX_STREAM_BYTES);
        }
        byte[] whole = Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, whole, start.length, rest.length);
        return whole;
    }

    private static PictureException tooLong(Path file, String found, long most) {
        return new PictureException("reading the picture " + file + ": it has " + found + "; at most " + most
                + " are allowed: scale it down first");
    }

    private static <T extends IOException> T because(T thrown, IOException cause) {
        thrown.initCause(cause);
        return thrown;
    }
}
