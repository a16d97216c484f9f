package dev.tandem.image;

/**
 * The screen of an animation, of which a frame is a part.
 *
 * @param left column of the frame's left edge, at least 0
 * @param top  row of the frame's upper edge, at least 0
 * @param rgb  colour around the frame
 */
record Canvas(int width, int height, int left, int top, int rgb) {

    /** The screen with the frame in its place; what lies beyond the screen is cut. */
    RgbImage with(RgbImage frame) throws PictureException {
        Shrink.none(width, height);
        if (left == 0 && top == 0 && frame.width() == width && frame.height() == height) {
            return frame;
        }
        RgbImage screen = RgbImage.black(width, height);
        if (rgb != 0) {
            for (int i = 0; i < screen.rgb().length; i++) {
                screen.rgb()[i] = (byte) (rgb >> 16 - i % 3 * 8);
            }
        }
        int columns = Math.min(frame.width(), width - left);
        int rows = Math.min(frame.height(), height - top);
        for (int y = 0; y < rows && columns > 0; y++) {
            System.arraycopy(frame.rgb(), y * frame.width() * 3, screen.rgb(), ((top + y) * width + left) * 3,
                    columns * 3);
        }
        return screen;
    }
}
