package dev.tandem.method.image;

import dev.tandem.cluster.TokenClusterer;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Decoding;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Point;
import dev.tandem.method.Stopwatch;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.method.tokens.VisionEncoder;
import dev.tandem.pack.Preprocessing;

/**
 * Edge half of {@code image}: encodes the decoded picture with the same graph as the device would, and merges, so that
 * only the way of sending differs from the other methods.
 */
final class ImageEdge implements EdgeHalf {
    private final VisionEncoder encoder;
    private final TokenClusterer clusterer;
    private final PictureFile files;

    ImageEdge(ImageSection section, Host host) {
        encoder = new VisionEncoder(section.pack(), section.encoder(), host);
        clusterer = TokenClusterer.best(host.memory());
        Preprocessing input = section.pack().manifest().preprocessing();
        files = PictureFile.of(input.width(), input.height());
    }

    /** What it takes. */
    PictureFile files() {
        return files;
    }

    @Override
    public Decoding begin(Point point, int announced, int tiles) {
        ImageKnobs knobs = point.knobs(ImageKnobs.class);
        knobs.require(point.name(), encoder.count());
        return new ImageDecoding(this, knobs, announced);
    }

    /** Tokens of a decoded picture. On this half's thread. */
    TokenSet encode(RgbImage picture, ImageKnobs knobs) {
        float[] tokens = encoder.encode(picture, new Stopwatch());
        int count = knobs.tokens(encoder.count());
        float[] kept = knobs.clusters() == 0
                ? tokens.clone()
                : encoder.merged(clusterer, count, knobs.neighbours());
        return new TokenSet(kept, count, encoder.width(), count);
    }

    @Override
    public void close() {
        encoder.close();
        clusterer.close();
    }
}
