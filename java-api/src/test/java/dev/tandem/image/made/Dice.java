package dev.tandem.image.made;

import dev.tandem.image.RgbImage;
import java.util.Random;

/** Seeded choices, and pictures drawn by them. */
public final class Dice {
    private final Random random;

    public Dice(long seed) {
        random = new Random(seed * 0x9e3779b97f4a7c15L);
    }

    /** 0 to below {@code bound}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** One in so many. */
    public boolean in(int count) {
        return random.nextInt(count) == 0;
    }

    @SafeVarargs
    public final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A side from 1 up; small ones are more frequent. */
    public int side() {
        return in(4) ? 1 + below(4) : 1 + below(70);
    }

    /** Slopes, waves and a little noise, as lossy coders take them. */
    public RgbImage picture(int width, int height) {
        RgbImage image = RgbImage.black(width, height);
        double[] wave = random.doubles(9, 0, 1).toArray();
        for (int i = 0; i < image.rgb().length; i++) {
            int c = i % 3;
            int x = i / 3 % width;
            int y = i / 3 / width;
            double value = 128 + 90 * Math.sin(x * wave[c] / 6 + y * wave[c + 3] / 6 + wave[c + 6] * 6);
            image.rgb()[i] = (byte) Math.clamp(Math.round(value + random.nextGaussian()), 0, 255);
        }
        return image;
    }
}
