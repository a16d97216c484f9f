package dev.tandem.method.latent;

/**
 * Size of a latent map, [channels, height, width].
 *
 * @param channels 1 to {@value #MOST_CHANNELS}, as many as the tables have rows
 * @param height   1 to {@value #MOST_SIDE}
 * @param width    1 to {@value #MOST_SIDE}
 */
public record LatentShape(int channels, int height, int width) {
    /** Most channels. */
    public static final int MOST_CHANNELS = 4096;
    /** Longest side. */
    public static final int MOST_SIDE = 2048;
    /** Most values of a map. */
    public static final int MOST_VALUES = 1 << 24;

    public LatentShape {
        if (channels < 1 || height < 1 || width < 1 || channels > MOST_CHANNELS || height > MOST_SIDE
                || width > MOST_SIDE || (long) channels * height * width > MOST_VALUES) {
            throw new IllegalArgumentException("a latent map of [" + channels + " x " + height + " x " + width
                    + "]; needed 1 to " + MOST_CHANNELS + " channels, sides of 1 to " + MOST_SIDE + " and at most "
                    + MOST_VALUES + " values");
        }
    }

    /** Values of one channel. */
    public int positions() {
        return height * width;
    }

    /** Values of the map. */
    public int values() {
        return channels * height * width;
    }

    @Override
    public String toString() {
        return channels + " x " + height + " x " + width;
    }
}
