package dev.tandem.image;

/**
 * Resizing as the training pre-processing does it: antialiased, in fixed point, horizontal pass first, 8 bits after
 * each pass, the same integers as Pillow's {@code Image.BILINEAR} and {@code Image.BICUBIC}. No Java library gives
 * these pixels, and an encoder sees other ones as a shift of its input. Any thread.
 */
public final class Resize {
    // 8 bits of pixel and 2 of headroom leave 22 of an int for the weight.
    private static final int PRECISION = 22;

    /** A kernel, by its distance from the middle and how far it reaches. */
    private enum Kernel {
        TRIANGLE(1) {
            @Override
            double at(double x) {
                return Math.max(0, 1 - Math.abs(x));
            }
        },
        /** Keys' cubic with a = -0.5 (Catmull and Rom's). */
        CUBIC(2) {
            @Override
            double at(double x) {
                double d = Math.abs(x);
                return d < 1 ? (1.5 * d - 2.5) * d * d + 1 : d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
            }
        };

        private final int reach;

        Kernel(int reach) {
            this.reach = reach;
        }

        abstract double at(double x);
    }

    private Resize() {
    }

    /** Squashes to a size, ignoring the aspect ratio; a picture of that size already comes back itself. */
    public static RgbImage bilinear(RgbImage image, int width, int height) {
        return resize(image, width, height, Kernel.TRIANGLE);
    }

    /** As {@link #bilinear}, by a cubic: sharper, both when shrinking and when enlarging. */
    public static RgbImage bicubic(RgbImage image, int width, int height) {
        return resize(image, width, height, Kernel.CUBIC);
    }

    private static RgbImage resize(RgbImage image, int width, int height, Kernel kernel) {
        RgbImage.checkSize(width, height);
        RgbImage narrow = image.width() == width ? image : horizontal(image, Taps.of(image.width(), width, kernel));
        return narrow.height() == height ? narrow : vertical(narrow, Taps.of(image.height(), height, kernel));
    }

    /** Source span and weights of each target pixel: start[i], count[i], weight[i * most + k]. */
    private record Taps(int size, int most, int[] start, int[] count, int[] weight) {
        static Taps of(int from, int to, Kernel kernel) {
            double scale = (double) from / to;
            double stretch = Math.max(scale, 1); // the kernel is stretched when shrinking: that is the antialiasing
            double support = kernel.reach * stretch;
            int most = (int) Math.ceil(support) * 2 + 1;
            Taps taps = new Taps(to, most, new int[to], new int[to], new int[Math.multiplyExact(to, most)]);
            double[] weights = new double[most];
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale;
                int start = Math.max((int) (centre - support + 0.5), 0);
                int count = Math.min((int) (centre + support + 0.5), from) - start;
                double sum = 0;
                for (int k = 0; k < count; k++) {
                    weights[k] = kernel.at((k + start - centre + 0.5) * (1 / stretch));
                    sum += weights[k];
                }
                for (int k = 0; k < count; k++) {
                    double share = weights[k] / sum * (1 << PRECISION);
                    taps.weight[i * most + k] = (int) (share + (share < 0 ? -0.5 : 0.5));
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
        // A cubic has negative weights, so either end can be passed; their sizes sum to less than 1.5: an int holds it.
        to[at] = (byte) Math.clamp(red >> PRECISION, 0, 255);
        to[at + 1] = (byte) Math.clamp(green >> PRECISION, 0, 255);
        to[at + 2] = (byte) Math.clamp(blue >> PRECISION, 0, 255);
    }
}
