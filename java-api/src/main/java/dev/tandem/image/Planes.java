package dev.tandem.image;

/** Pictures as planes of floats, [3, height, width], RGB, 0 to 1, as graphs have them. Any thread. */
public final class Planes {
    private static final float WHITE = 255;

    private Planes() {
    }

    /** Planes, limited to 0 to 1 and rounded, to pixels; what is no number is black. */
    public static RgbImage picture(float[] planes, int width, int height) {
        RgbImage picture = RgbImage.black(width, height);
        int pixels = width * height;
        for (int i = 0; i < planes.length; i++) {
            picture.rgb()[i % pixels * 3 + i / pixels] = (byte) (int) Math.rint(Math.clamp(planes[i], 0f, 1f) * WHITE);
        }
        return picture;
    }

    /** Pixels to planes; a fresh array. */
    public static float[] of(RgbImage picture) {
        float[] planes = new float[picture.rgb().length];
        int pixels = planes.length / 3;
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (picture.rgb()[i % pixels * 3 + i / pixels] & 0xff) / WHITE;
        }
        return planes;
    }
}
