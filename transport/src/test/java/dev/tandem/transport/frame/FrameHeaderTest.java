package dev.tandem.transport.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FrameHeaderTest {
    @Test
    void writesTheExampleOfTheSpecificationByteForByte() {
        byte[] body = {0, 0, 'W', 'h', 'a', 't', '?'};
        byte[] bytes = new Ask(1, 1, 1, Need.ANY, 5_000, 1_000, "", "", 1, body).toFrame(1).toBytes();
        assertArrayEquals(HexFormat.of().parseHex(
                "d1030000" + "01000000" + "18000000" + "0100" + "0100" + "01" + "00" + "88130000" + "e8030000" + "00"
                        + "00"
                        + "01" + "0000" + "576861743f"),
                bytes);
    }

    @Test
    void readsBackTheLargestFields() {
        ByteBuffer buffer = ByteBuffer.allocate(20).order(ByteOrder.BIG_ENDIAN);
        new FrameHeader().wrap(buffer, 5).put(FrameType.SLICE, 0xFFFF_FFFEL, 0xFFFF, 0xFF,
                FrameHeader.MAX_PAYLOAD_BYTES);
        FrameHeader header = new FrameHeader().wrap(buffer, 5);
        assertEquals(FrameHeader.MARK, header.mark());
        assertEquals(FrameType.SLICE.code(), header.typeCode());
        assertEquals(0xFFFF_FFFEL, header.exchange());
        assertEquals(0xFFFF, header.sequence());
        assertEquals(FrameHeader.MAX_PAYLOAD_BYTES, header.length());
        assertEquals(0xFF, header.tile());
    }

    @Test
    void refusesToWriteWhatItsFieldsCannotHold() {
        FrameHeader header = new FrameHeader().wrap(ByteBuffer.allocate(12), 0);
        assertThrows(IllegalArgumentException.class, () -> header.put(FrameType.SLICE, 1, 0x1_0000, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> header.put(FrameType.SLICE, 0x1_0000_0000L, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> header.put(FrameType.CANCEL, 1, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> header.put(FrameType.SLICE, 1, 0, 0x100, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> header.wrap(ByteBuffer.allocate(12), 1));
    }

    @Test
    void keepsCodesPinned() {
        assertEquals(11, FrameType.BYE.code());
        for (FrameType type : FrameType.values()) {
            assertEquals(type, FrameType.of(type.code()));
        }
        int[] codes = {10, 11, 12, 20, 21, 22, 23, 30, 31, 32, 33, 34, 35, 36, 37, 40, 41, 42, 43, 44, 50, 51, 52, 53,
                54,
                55,
                56, 57, 58};
        for (int i = 0; i < codes.length; i++) {
            assertEquals(codes[i], ErrorCode.values()[i].code());
        }
    }
}
