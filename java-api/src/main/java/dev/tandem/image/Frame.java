package dev.tandem.image;

/**
 * What of a file is decoded, and how the result is held.
 *
 * @param stream      a picture as ImageIO shall see it
 * @param orientation 1 to 8, as in Exif
 * @param canvas      where the decoded frame lies; null where it is the whole picture
 */
record Frame(BytesStream stream, int orientation, Canvas canvas) {
    static Frame of(BytesStream stream, int orientation) {
        return new Frame(stream, orientation, null);
    }
}
