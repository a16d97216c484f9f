package dev.tandem.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A BMP file for ImageIO's reader: its colours are declared to be sRGB, so that no profile is looked for, neither by
 * the names of the format nor by the numbers that the reader takes for them.
 */
final class BmpFile {
    private static final int COLOUR_SPACE = 70;
    private static final int LEAST_HEADER = 108;
    private static final int SRGB = 0x73524742;

    private BmpFile() {
    }

    static Frame frame(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < COLOUR_SPACE + 4 || bytes.getInt(14) < LEAST_HEADER) {
            return Frame.of(new BytesStream(bytes), Orientation.UPRIGHT);
        }
        ByteBuffer said = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, SRGB);
        return Frame.of(new BytesStream(bytes.slice(0, COLOUR_SPACE), said,
                bytes.slice(COLOUR_SPACE + 4, file.length - COLOUR_SPACE - 4)), Orientation.UPRIGHT);
    }
}
