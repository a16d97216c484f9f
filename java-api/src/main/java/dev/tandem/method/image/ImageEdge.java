package dev.tandem.method.image;

import dev.tandem.cluster.TokenClusterer;
import dev.tandem.engine.Engine;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.image.ImageReader;
import dev.tandem.image.RgbImage;
import dev.tandem.method.EdgeMethod;
import dev.tandem.method.Stopwatch;
import dev.tandem.method.tokens.PointRules;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.method.tokens.VisionEncoder;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
import java.io.IOException;
import java.util.List;

/**
 * Edge half of {@code image}: decodes the picture, encodes it with the same graph as the device would, and merges, so
 * that only the way of sending differs from the other methods. Only the thread that made it may use it.
 */
public final class ImageEdge implements EdgeMethod {
    private final VisionEncoder encoder;
    private final TokenClusterer clusterer = TokenClusterer.best(MemoryAccount.process());

    /** Opens the graph {@code encoder}. */
    public ImageEdge(Pack pack, Engine engine) {
        encoder = new VisionEncoder(pack, engine);
    }

    @Override
    public TokenSet decode(List<byte[]> slices, OperatingPoint op) {
        return encode(picture(slices), op);
    }

    /** Encodes a picture that came another way, for example one decoded ahead of time from a format Java lacks. */
    public TokenSet encode(RgbImage picture, OperatingPoint op) {
        PointRules.check(op, "image", encoder.count());
        float[] tokens = encoder.encode(picture, new Stopwatch());
        int count = op.clusters() == 0 ? encoder.count() : op.clusters();
        float[] kept = op.clusters() == 0
                ? tokens.clone()
                : encoder.merged(clusterer, count, op.neighbours());
        return new TokenSet(kept, count, encoder.width(), count);
    }

    private static RgbImage picture(List<byte[]> slices) {
        byte[] file = ImageSlices.read(slices);
        try {
            return ImageReader.read(file, "that arrived");
        } catch (IOException e) {
            CorruptBitstreamException corrupt = new CorruptBitstreamException("picture", 0, "a JPEG or WebP file",
                    e.getMessage());
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    @Override
    public void close() {
        encoder.close();
        clusterer.close();
    }
}
