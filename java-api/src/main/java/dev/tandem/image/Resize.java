package dev.tandem.image;

/**
 * Resizing as the training pre-processing does it: antialiased bilinear in fixed point, horizontal pass first, 8 bits
 * after each pass, the same integers as Pillow's {@code Image.BILINEAR}. No Java library gives these pixels, and an
 * encoder sees other ones as a shift of its input. Any thread.
 */
public final class Resize {
    // 8 bits of pixel and 2 of headroom leave 22 of an int for the weight.
    private static final int PRECISION = 22;

    private Resize() {
    }

    /** Squashes to a size, ignoring the aspect ratio; a picture of that size already comes back itself. */
    public static RgbImage bilinear(RgbImage image, int width, int height) {
        RgbImage.checkSize(width, height);
        RgbImage narrow = image.width() == width ? image : horizontal(image, Taps.of(image.width(), width));
        return narrow.height() == height ? narrow : vertical(narrow, Taps.of(image.height(), height));
    }

    /** Source span and weights of each target pixel: start[i], count[i], weight[i * most + k]. */
    private record Taps(int size, int most, int[] start, int[] count, int[] weight) {
        static Taps of(int from, int to) {
            double scale = (double) from / to;
            double support = Math.max(scale, 1); // the triangle is stretched when shrinking: that is the antialiasing
            int most = (int) Math.ceil(support) * 2 + 1;
            Taps taps = new Taps(to, most, new int[to], new int[to], new int[Math.multiplyExact(to, most)]);
            double[] weights = new double[most];
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale;
                int start = Math.max((int) (centre - support + 0.5), 0);
                int count = Math.min((int) (centre + support + 0.5), from) - start;
                double sum = 0;
                for (int k = 0; k < count; k++) {
                    weights[k] = Math.max(0, 1 - Math.abs((k + start - centre + 0.5) * (1 / support)));
                    sum += weights[k];
                }
                for (int k = 0; k < count; k++) {
                    taps.weight[i * most + k] = (int) (0.5 + weights[k] / sum * (1 << PRECISION));
                }
                taps.start[i] = start;
                taps.count[i] = count;
            }
            return taps;
        }
    }

    private static RgbImage horizontal(RgbImage image, Taps taps) {
        RgbImage result = RgbImage.black(taps.size, image.height());
        byte[] from = image.rgb();
        byte[] to = result.rgb();
        for (int y = 0, at = 0; y < image.height(); y++) {
            int row = y * image.width() * 3;
            for (int x = 0; x < taps.size; x++, at += 3) {
                convolve(from, row + taps.start[x] * 3, 3, taps, x, to, at);
            }
        }
        return result;
    }

    private static RgbImage vertical(RgbImage image, Taps taps) {
        RgbImage result = RgbImage.black(image.width(), taps.size);
        byte[] from = image.rgb();
        byte[] to = result.rgb();
        int stride = image.width() * 3;
        for (int y = 0, at = 0; y < taps.size; y++) {
            for (int x = 0; x < stride; x += 3, at += 3) {
                convolve(from, taps.start[y] * stride + x, stride, taps, y, to, at);
            }
        }
        return result;
    }

    private static void convolve(byte[] from, int first, int stride, Taps taps, int index, byte[] to, int at) {
        int red = 1 << PRECISION - 1;
        int green = red;
        int blue = red;
        for (int k = 0, w = index * taps.most, p = first; k < taps.count[index]; k++, w++, p += stride) {
            int weight = taps.weight[w];
            red += (from[p] & 0xff) * weight;
            green += (from[p + 1] & 0xff) * weight;
            blue += (from[p + 2] & 0xff) * weight;
        }
        // Weights are not negative and sum to 1 within rounding, so only the top can be passed.
        to[at] = (byte) Math.min(red >> PRECISION, 255);
        to[at + 1] = (byte) Math.min(green >> PRECISION, 255);
        to[at + 2] = (byte) Math.min(blue >> PRECISION, 255);
    }
}
