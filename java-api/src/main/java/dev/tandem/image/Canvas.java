package dev.tandem.image;

/**
 * The screen of an animation, of which a frame is a part.
 *
 * @param left column of the frame's left edge, at least 0
 * @param top  row of the frame's upper edge, at least 0
 * @param rgb  colour around the frame
 * @param interlaced whether the frame's rows are stored in GIF's four passes
 */
record Canvas(int width, int height, int left, int top, int rgb, boolean interlaced) {
    /** First row and step of each pass (GIF89a, appendix E). */
    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    /** The screen with the frame in its place; what lies beyond the screen is cut. */
    RgbImage with(RgbImage frame) throws PictureException {
        Shrink.none(width, height);
        if (!interlaced && left == 0 && top == 0 && frame.width() == width && frame.height() == height) {
            return frame;
        }
        RgbImage screen = RgbImage.black(width, height);
        if (rgb != 0) {
            for (int i = 0; i < screen.rgb().length; i++) {
                screen.rgb()[i] = (byte) (rgb >> 16 - i % 3 * 8);
            }
        }
        int[] rows = rows(frame.height());
        int columns = Math.min(frame.width(), width - left);
        for (int stored = 0; stored < rows.length && columns > 0; stored++) {
            if (top + rows[stored] < height) {
                System.arraycopy(frame.rgb(), stored * frame.width() * 3, screen.rgb(),
                        ((top + rows[stored]) * width + left) * 3, columns * 3);
            }
        }
        return screen;
    }

    /** Where each stored row belongs. */
    private int[] rows(int count) {
        int[] rows = new int[count];
        int stored = 0;
        for (int[] pass : interlaced ? PASSES : new int[][]{{0, 1}}) {
            for (int y = pass[0]; y < count; y += pass[1]) {
                rows[stored++] = y;
            }
        }
        return rows;
    }
}
