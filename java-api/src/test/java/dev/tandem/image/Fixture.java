package dev.tandem.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

/** Drawn pictures made by make_fixtures.py, and comparison of pictures. */
final class Fixture {
    private Fixture() {
    }

    static byte[] bytes(String name) throws IOException {
        try (InputStream stream = Fixture.class.getResourceAsStream(name)) {
            return stream.readAllBytes();
        }
    }

    static RgbImage picture(String name) throws IOException {
        return ImageReader.read(bytes(name), name);
    }

    /** Smooth shades with a little seeded noise: compressible, as photographs are. */
    static RgbImage shades(int width, int height, long seed) {
        Random random = new Random(seed);
        RgbImage image = RgbImage.black(width, height);
        for (int i = 0; i < image.rgb().length; i++) {
            int pixel = i / 3;
            double wave = Math.sin(pixel % width / 9.0 + i % 3) + Math.cos(pixel / width / 13.0);
            image.rgb()[i] = (byte) Math.clamp(Math.round(128 + 50 * wave + 6 * random.nextGaussian()), 0, 255);
        }
        return image;
    }

    static int maxDifference(RgbImage a, RgbImage b) {
        if (a.width() != b.width() || a.height() != b.height()) {
            throw new AssertionError(a.width() + "x" + a.height() + " against " + b.width() + "x" + b.height());
        }
        int most = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            most = Math.max(most, Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff)));
        }
        return most;
    }
}
