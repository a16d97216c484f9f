package dev.tandem.method.image;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.image.ImageReader;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Decoding;
import dev.tandem.method.Evidence;
import dev.tandem.method.Slice;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers one picture file; the picture is decoded when its last slice is here, on the thread that brings it: of the
 * point's format only, and no larger than the encoder's input.
 */
final class ImageDecoding implements Decoding {
    private static final Logger LOG = LoggerFactory.getLogger(ImageDecoding.class);

    private final ImageEdge half;
    private final ImageKnobs knobs;
    private final ImageSlices slices;
    private RgbImage picture;
    private CorruptBitstreamException first;

    ImageDecoding(ImageEdge half, ImageKnobs knobs, int announced) {
        this.half = half;
        this.knobs = knobs;
        slices = new ImageSlices(announced);
    }

    @Override
    public void add(List<Slice> fresh) {
        try {
            fresh.forEach(slices::take);
            if (slices.complete() && picture == null) {
                picture = ImageReader.read(knobs.format(), half.pixels(), slices.file(), "that arrived");
            }
        } catch (CorruptBitstreamException e) {
            LOG.warn("dropped a slice: {}", e.getMessage());
            first = first == null ? e : first;
        } catch (IOException e) {
            first = new CorruptBitstreamException("picture", 0, "a " + knobs.format() + " file", e.getMessage());
            first.initCause(e);
        }
    }

    @Override
    public Evidence evidence() {
        if (picture == null) {
            throw first != null
                    ? first
                    : new CorruptBitstreamException("picture", 0, "all slices, since a picture is decoded whole",
                            slices.missing() + " missing");
        }
        return half.encode(picture, knobs);
    }
}
