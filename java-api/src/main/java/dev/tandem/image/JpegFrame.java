package dev.tandem.image;

import java.nio.ByteBuffer;

/**
 * A frame header (ITU-T T.81, B.2.2).
 *
 * @param ids the components' identifiers
 * @param samples of all components
 */
record JpegFrame(boolean progressive, int width, int height, int[] ids, long samples) {
    private static final int HEADER = 6;
    private static final int COMPONENT = 3;

    /** Whether a marker is one of SOF0 to SOF15. */
    static boolean begins(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    /**
     * Reads a frame header's payload.
     *
     * @throws PictureException for a way of coding that is not read
     */
    static JpegFrame of(int marker, ByteBuffer payload) throws PictureException {
        if (marker > 0xc2) {
            throw new PictureException(
                    "[" + coding(marker) + "]; needed baseline or progressive coding by Huffman: save it "
                            + "anew");
        }
        if (payload.remaining() < HEADER || payload.remaining() < HEADER + COMPONENT * (payload.get(5) & 0xff)) {
            throw new PictureException("damaged: a frame header of [" + payload.remaining() + "] bytes");
        }
        int bits = payload.get(0);
        int[] ids = new int[payload.get(5) & 0xff];
        if (bits != 8 || ids.length != 1 && ids.length != 3 && ids.length != 4) {
            throw new PictureException("[" + ids.length + "] components of [" + bits + "] bits; needed 1, 3 or 4 of 8");
        }
        int height = payload.getShort(1) & 0xffff;
        int width = payload.getShort(3) & 0xffff;
        long most = 1;
        long sum = 0;
        for (int i = 0; i < ids.length; i++) {
            ids[i] = payload.get(HEADER + COMPONENT * i) & 0xff;
            int sampling = payload.get(HEADER + COMPONENT * i + 1);
            long area = (long) (sampling >> 4 & 15) * (sampling & 15);
            most = Math.max(most, area);
            sum += area;
        }
        return new JpegFrame(marker == 0xc2, width, height, ids, (long) width * height * sum / most);
    }

    private static String coding(int marker) {
        return switch (marker) {
            case 0xc3, 0xc7, 0xcb, 0xcf -> "lossless JPEG";
            case 0xc5, 0xc6 -> "hierarchical JPEG";
            default -> "arithmetic coding";
        };
    }
}
