package dev.tandem.transport.frame;

/**
 * One slice of a picture. The array is not copied: whoever makes the slice hands it over, and nobody changes it
 * afterwards.
 *
 * @param index place among the slices of its exchange, the most important first, through all tiles; 0 to 65,535
 * @param tile crop of the picture that it belongs to, 0 to 255
 * @param bytes what the slice says; may be empty
 */
public record Slice(int index, int tile, byte[] bytes) {
    public Slice {
        if (index < 0 || index > FrameHeader.MAX_SEQUENCE || tile < 0 || tile > FrameHeader.MAX_TILE) {
            throw new IllegalArgumentException("slice [" + index + "] of tile [" + tile + "], needed 0 to "
                    + FrameHeader.MAX_SEQUENCE + " and 0 to " + FrameHeader.MAX_TILE);
        }
    }
}
