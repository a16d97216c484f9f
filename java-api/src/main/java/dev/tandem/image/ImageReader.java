package dev.tandem.image;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads pictures: JPEG, PNG, GIF (first frame), BMP, TIFF (first page) and WebP (first frame), by ImageIO and its
 * plug-ins. Their sizes are checked before pixels are allocated; of more than {@value Shrink#MOST_KEPT} pixels every
 * n-th is kept. As in training, alpha and colour profiles are ignored; the orientation that a camera notes is applied,
 * in every container. A picture that is cut off or damaged is refused. Any thread.
 */
public final class ImageReader {
    /** Longest file that is read. */
    public static final long MAX_FILE_BYTES = PictureBytes.MAX_FILE_BYTES;

    static final String NATIVE_REMEDY = "needed a system that it is built for and a folder for temporary files that "
            + "allows execution (-Dcom.luciad.imageio.webp.tmpdir=FOLDER); or use JPEG or PNG";

    private static final String READ = "JPEG, PNG, GIF, BMP, TIFF or WebP";

    private ImageReader() {
    }

    /**
     * Reads a picture file.
     *
     * @throws PictureException if it is no picture of a known kind, too large, cut off or damaged; the message says
     *                          which
     * @throws IOException      if there is no such file or it cannot be read
     */
    public static RgbImage read(Path file) throws IOException {
        return read(PictureBytes.read(file), file.toString());
    }

    /**
     * Reads a picture from memory; {@code name} is used in messages.
     *
     * @throws PictureException if it is no picture of a known kind, too large, cut off or damaged; the message says
     *                          which
     */
    public static RgbImage read(byte[] file, String name) throws IOException {
        return read(kind(file, name), Shrink.MOST_READ, file, name);
    }

    /**
     * Reads what a stranger sent as a picture of this kind and of so many pixels at most.
     *
     * @param format {@code jpeg}, {@code webp}, ...: any other kind is refused
     * @param most   pixels, and of an animation its canvas's
     * @throws PictureException if it is something else, larger, cut off or damaged; the message says which
     */
    public static RgbImage read(String format, long most, byte[] file, String name) throws IOException {
        PictureKind kind = kind(file, name);
        if (!kind.format().equals(format)) {
            throw new PictureException("reading the picture " + name + ": this is [" + kind + "]; needed " + format);
        }
        return read(kind, most, file, name);
    }

    private static RgbImage read(PictureKind kind, long most, byte[] file, String name) throws IOException {
        String what = "reading the picture " + name + " of kind " + kind + ": ";
        try {
            return new Decoder(kind, kind.frame(file), name, most).decode();
        } catch (PictureException e) {
            throw new PictureException(what + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new PictureException(what + "[" + (Runtime.getRuntime().maxMemory() >> 20) + "] MB of heap are not "
                    + "enough for it; give more (TANDEM_JAVA_OPTS=-Xmx1g), or scale it down first", e);
        }
    }

    /**
     * The kind of a file with this start.
     *
     * @throws PictureException for one that is not read; says what it is
     */
    static PictureKind kind(byte[] start, String name) throws PictureException {
        PictureKind kind = PictureKind.of(start);
        if (kind == null) {
            byte[] first = start.length <= PictureKind.START
                    ? start
                    : java.util.Arrays.copyOf(start, PictureKind.START);
            throw new PictureException("reading the picture " + name + ": this is [" + OtherKind.words(first)
                    + "]; needed " + READ + ": convert a picture of another kind first");
        }
        return kind;
    }
}
