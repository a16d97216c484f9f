package dev.tandem.image;

import com.luciad.imageio.webp.WebPReadParam;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.SampleModel;
import java.awt.image.SinglePixelPackedSampleModel;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes one frame by ImageIO or its plug-in, whole or shrunk. One frame, one thread. */
final class Decoder {
    private static final Logger LOG = LoggerFactory.getLogger(Decoder.class);

    private final PictureKind kind;
    private final Frame frame;
    private final String name;
    private final long most;
    private final DecodingNotes notes = new DecodingNotes();

    /** {@code name} is for messages; {@code most} are pixels. */
    Decoder(PictureKind kind, Frame frame, String name, long most) {
        this.kind = kind;
        this.frame = frame;
        this.name = name;
        this.most = most;
    }

    /**
     * The frame upright on its canvas.
     *
     * @throws PictureException if it is too large, damaged or cut off
     */
    RgbImage decode() throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(kind.format());
        if (!readers.hasNext()) {
            throw new PictureException("[no] ImageIO plug-in for it is on the class path; use JPEG or PNG");
        }
        ImageReader reader = readers.next();
        try {
            RgbImage image = Pixels.rgb(decode(reader));
            notes.warnings().forEach(warning -> LOG.warn("reading the picture {}: {}", name, warning));
            return Orientation.apply(frame.canvas() == null ? image : frame.canvas().with(image), frame.orientation());
        } catch (PictureException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new PictureException(
                    kind != PictureKind.JPEG && frame.stream().ranOut() || DecodingNotes.cutOff(e)
                            ? cutOff()
                            : "damaged: [" + DecodingNotes.words(e) + "]",
                    e);
        } catch (LinkageError e) {
            throw new PictureException("the native library behind " + reader.getClass().getName()
                    + " did not load: [" + e + "]; " + dev.tandem.image.ImageReader.NATIVE_REMEDY, e);
        } finally {
            reader.dispose();
        }
    }

    private BufferedImage decode(ImageReader reader) throws IOException {
        reader.addIIOReadWarningListener(notes);
        reader.addIIOReadProgressListener(notes);
        reader.setInput(frame.stream(), true, true);
        Shrink shrink = Shrink.of(reader.getWidth(0), reader.getHeight(0), pixelBytes(reader));
        bounded(shrink.width(), shrink.height());
        if (frame.canvas() != null) {
            bounded(frame.canvas().width(), frame.canvas().height());
            Shrink.none(shrink.width(), shrink.height());
        }
        BufferedImage picture = reader.read(0, param(reader, shrink));
        if (notes.dataEnded() || kind == PictureKind.GIF && !notes.lastRow()
                || kind == PictureKind.BMP && frame.stream().ranOut()) {
            throw new PictureException(cutOff());
        }
        if (shrink.every() > 1) {
            LOG.info("reading the picture {}: of its {} x {} pixels one in {} x {}, which makes {} x {}", name,
                    shrink.width(), shrink.height(), shrink.every(), shrink.every(), shrink.keptWidth(),
                    shrink.keptHeight());
        }
        return picture;
    }

    private static ImageReadParam param(ImageReader reader, Shrink shrink) {
        ImageReadParam param = reader.getDefaultReadParam();
        if (shrink.every() > 1 && param instanceof WebPReadParam webp) { // knows no other way
            webp.setUseScaling(true);
            webp.setScaledWidth(shrink.keptWidth());
            webp.setScaledHeight(shrink.keptHeight());
        } else {
            shrink.apply(param);
        }
        return param;
    }

    private void bounded(int width, int height) throws PictureException {
        if ((long) width * height > most) {
            throw new PictureException("[" + width + " x " + height + "] pixels; at most " + most + " are taken here");
        }
    }

    private String cutOff() {
        return "it is cut off: its data ends after [" + frame.stream().length() + "] bytes, before its last pixel; "
                + "fetch it again";
    }

    private static int pixelBytes(ImageReader reader) throws IOException {
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        if (!types.hasNext()) {
            return 3;
        }
        SampleModel samples = types.next().getSampleModel();
        int elements = samples instanceof SinglePixelPackedSampleModel ? 1 : samples.getNumBands();
        return elements * DataBuffer.getDataTypeSize(samples.getDataType()) / 8;
    }
}
