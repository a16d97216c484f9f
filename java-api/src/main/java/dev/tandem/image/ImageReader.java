package dev.tandem.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads pictures: JPEG, PNG, GIF (first frame), BMP, TIFF and WebP, by ImageIO and its plug-ins. Sizes are checked
 * against {@link RgbImage#MAX_SIDE} and {@link RgbImage#MAX_PIXELS} before pixels are allocated. As in training, alpha
 * and colour profiles are ignored; the orientation that a camera notes in a JPEG is applied. Any thread.
 */
public final class ImageReader {
    /** Longest file that is read. */
    public static final long MAX_FILE_BYTES = 256L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ImageReader.class);

    static final String NATIVE_REMEDY = "needed a system that it is built for and a folder for temporary files that "
            + "allows execution (-Dcom.luciad.imageio.webp.tmpdir=FOLDER); or use JPEG or PNG";

    private ImageReader() {
    }

    /**
     * Reads a picture file.
     *
     * @throws IOException if it cannot be read or is no picture of a known kind; the message says which
     */
    public static RgbImage read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MAX_FILE_BYTES) {
            throw new IOException("reading the picture " + file + ": it has [" + size + "] bytes; at most "
                    + MAX_FILE_BYTES + " are allowed: scale it down first");
        }
        return read(Files.readAllBytes(file), file.toString());
    }

    /**
     * Reads a picture from memory; {@code name} is used in messages.
     *
     * @throws IOException if it is no picture of a known kind, too large or damaged; the message says which
     */
    public static RgbImage read(byte[] file, String name) throws IOException {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<javax.imageio.ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new IOException("reading the picture " + name + ": [" + file.length
                        + "] bytes of no known kind; needed one of "
                        + Arrays.toString(ImageIO.getReaderFileSuffixes()) + ": convert it first");
            }
            javax.imageio.ImageReader reader = readers.next();
            reader.addIIOReadWarningListener((from, warning) -> LOG.warn("reading the picture {}: {}", name, warning));
            try {
                return Orientation.apply(decode(reader, stream), Orientation.of(file));
            } catch (IOException | RuntimeException e) {
                throw new IOException("reading the picture " + name + " of kind " + reader.getFormatName() + ": ["
                        + e.getMessage() + "]; needed an undamaged picture in RGB or grey: convert it first", e);
            } catch (LinkageError e) {
                throw new IOException("reading the picture " + name + ": the native library behind "
                        + reader.getClass().getName() + " did not load: [" + e + "]; " + NATIVE_REMEDY, e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static RgbImage decode(javax.imageio.ImageReader reader, ImageInputStream stream) throws IOException {
        reader.setInput(stream, true, true);
        RgbImage.checkSize(reader.getWidth(0), reader.getHeight(0));
        return Pixels.rgb(reader.read(0));
    }
}
