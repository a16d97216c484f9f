package dev.tandem.image;

import java.io.EOFException;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadWarningListener;

/** What a reader of ImageIO says besides pixels. One picture, one thread. */
final class DecodingNotes implements IIOReadWarningListener, IIOReadProgressListener {
    /** Words of libjpeg (JWRN_HIT_MARKER), which ImageIO passes on. */
    private static final String DATA_ENDED = "premature end of data segment";
    /** libwebp's. */
    private static final String NOT_ENOUGH = "VP8_STATUS_NOT_ENOUGH_DATA";
    private static final String SUSPENDED = "VP8_STATUS_SUSPENDED";

    private final Set<String> warnings = new LinkedHashSet<>();
    private float percent;

    /** Each once, in order. */
    Set<String> warnings() {
        return warnings;
    }

    /** Whether a JPEG's scan ended before its last block, and grey was put in. */
    boolean dataEnded() {
        return warnings.stream().anyMatch(warning -> warning.contains(DATA_ENDED));
    }

    /** Whether the last row was reached, where a reader says so exactly. */
    boolean lastRow() {
        return percent >= 100;
    }

    /** Whether an exception says that data were missing. */
    static boolean cutOff(Throwable thrown) {
        for (Throwable one = thrown; one != null; one = one.getCause()) {
            if (one instanceof EOFException || words(one).contains(NOT_ENOUGH) || words(one).contains(SUSPENDED)) {
                return true;
            }
        }
        return false;
    }

    /** An exception's message; its kind where it has none, or one about the decoder. What it wraps speaks for it. */
    static String words(Throwable thrown) {
        Throwable first = thrown;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        boolean speaks = first.getMessage() != null && !(first instanceof RuntimeException);
        return speaks ? first.getMessage() : first.getClass().getSimpleName();
    }

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        warnings.add(warning);
    }

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
        percent = percentageDone;
    }

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {
        // Not asked for.
    }

    @Override
    public void sequenceComplete(ImageReader source) {
        // Not asked for.
    }

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {
        // Not asked for.
    }

    @Override
    public void imageComplete(ImageReader source) {
        // Not asked for.
    }

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {
        // Not asked for.
    }

    @Override
    public void thumbnailProgress(ImageReader source, float percentageDone) {
        // Not asked for.
    }

    @Override
    public void thumbnailComplete(ImageReader source) {
        // Not asked for.
    }

    @Override
    public void readAborted(ImageReader source) {
        // Never aborted.
    }
}
