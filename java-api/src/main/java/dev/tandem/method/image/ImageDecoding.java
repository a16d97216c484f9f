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
 * Gathers one picture file; the picture is checked and decoded when its last slice is here, on the thread that brings
 * it, once.
 */
final class ImageDecoding implements Decoding {
    private static final Logger LOG = LoggerFactory.getLogger(ImageDecoding.class);

    private final ImageEdge half;
    private final ImageKnobs knobs;
    private final ImageSlices slices;
    private RgbImage picture;
    private boolean tried;
    private CorruptBitstreamException first;

    ImageDecoding(ImageEdge half, ImageKnobs knobs, int announced) {
        this.half = half;
        this.knobs = knobs;
        slices = new ImageSlices(announced);
    }

    @Override
    public void add(List<Slice> fresh) {
        if (tried) {
            return;
        }
        try {
            fresh.forEach(slices::take);
            tried = slices.complete() || slices.bytes() > half.files().mostBytes();
            if (tried) {
                half.files().bytes(slices.bytes());
                byte[] file = slices.file();
                half.files().check(file, knobs.format());
                picture = ImageReader.read(knobs.format(), half.files().mostPixels(), file, "that arrived");
            }
        } catch (CorruptBitstreamException e) {
            refuse(e);
        } catch (IOException e) {
            CorruptBitstreamException damaged = new CorruptBitstreamException("picture", 0, "a JPEG or WebP file",
                    e.getMessage());
            damaged.initCause(e);
            refuse(damaged);
        }
    }

    private void refuse(CorruptBitstreamException why) {
        if (first == null) {
            first = why;
            LOG.debug("dropped a slice or a picture: {}", why.getMessage());
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
