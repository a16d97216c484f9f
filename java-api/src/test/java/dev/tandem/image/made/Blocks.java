package dev.tandem.image.made;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What containers carry beside pixels: Exif blocks and profiles; and bytes put together. */
public final class Blocks {
    private static final int ORIENTATION = 0x0112;

    private Blocks() {
    }

    /** A TIFF block that says an orientation, as a BYTE, SHORT or LONG of either byte order, behind other tags. */
    public static byte[] exif(Dice dice, int orientation) {
        ByteOrder order = dice.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN);
        int before = dice.below(3);
        int at = 8 + 2 * dice.below(4);
        ByteBuffer tiff = ByteBuffer.allocate(at + 2 + 12 * (before + 1) + 4).order(order);
        tiff.put(order == ByteOrder.BIG_ENDIAN ? text("MM") : text("II")).putShort((short) 42).putInt(at).position(at);
        tiff.putShort((short) (before + 1));
        for (int i = 0; i < before; i++) {
            tiff.putShort((short) (0x0100 + i)).putShort((short) 3).putInt(1).putInt(dice.below(100));
        }
        int type = dice.of(1, 3, 4);
        int entry = tiff.position();
        tiff.putShort((short) ORIENTATION).putShort((short) type).putInt(1);
        switch (type) {
            case 1 -> tiff.put(entry + 8, (byte) orientation);
            case 3 -> tiff.putShort(entry + 8, (short) orientation);
            default -> tiff.putInt(entry + 8, orientation);
        }
        return tiff.array();
    }

    /** A real profile that changes colours where it has a say, or nonsense. */
    public static byte[] profile(Dice dice) {
        return switch (dice.below(4)) {
            case 0 -> ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
            case 1 -> ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
            case 2 -> ICC_Profile.getInstance(ColorSpace.CS_PYCC).getData();
            default -> dice.bytes(dice.below(300));
        };
    }

    /** Pieces of bytes, one after the other. */
    public static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    public static byte[] text(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static byte[] little(int bytes, long value) {
        byte[] result = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            result[i] = (byte) (value >> 8 * i);
        }
        return result;
    }

    public static byte[] big(int bytes, long value) {
        byte[] result = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            result[i] = (byte) (value >> 8 * (bytes - 1 - i));
        }
        return result;
    }
}
