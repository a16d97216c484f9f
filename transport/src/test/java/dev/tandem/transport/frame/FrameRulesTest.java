package dev.tandem.transport.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FrameRulesTest {
    private static final FrameRules FROM_DEVICE = FrameRules.open(End.DEVICE, LinkLimits.defaults());
    private static final FrameRules FROM_EDGE = FrameRules.open(End.EDGE, LinkLimits.defaults());

    @Test
    void takesOnlyHelloFromAStranger() {
        for (FrameType type : FrameType.values()) {
            byte[] header = header(type, type == FrameType.PING || type == FrameType.PONG ? 8 : 0);
            if (type == FrameType.HELLO) {
                FrameRules.opening(End.DEVICE).check(wrap(header));
            } else {
                refused(ErrorCode.UNEXPECTED_FRAME, header, FrameRules.opening(End.DEVICE));
            }
        }
    }

    @Test
    void refusesASecondHello() {
        refused(ErrorCode.UNEXPECTED_FRAME, header(FrameType.HELLO, 0), FROM_DEVICE);
    }

    @Test
    void refusesTheWrongDirection() {
        refused(ErrorCode.UNEXPECTED_FRAME, header(FrameType.PART, 1), FROM_DEVICE);
        refused(ErrorCode.UNEXPECTED_FRAME, header(FrameType.ASK, 1), FROM_EDGE);
    }

    @Test
    void refusesLengthsBeyondTheCapBeforeThePayload() {
        refused(ErrorCode.MALFORMED_FRAME, header(FrameType.SLICE, (1 << 20) + 1), FROM_DEVICE);
        refused(ErrorCode.MALFORMED_FRAME, header(FrameType.PART, (1 << 20) + 1), FROM_EDGE);
        refused(ErrorCode.MALFORMED_FRAME, header(FrameType.PING, 7), FROM_EDGE);
        assertEquals(FrameType.SLICE, FROM_DEVICE.check(wrap(header(FrameType.SLICE, 1 << 20))));
    }

    @Test
    void refusesMarkTypeFlagsSequenceAndExchangeThatAreWrong() {
        byte[] good = header(FrameType.CANCEL, 0);
        for (int[] change : new int[][]{{0, 0xD2}, {1, 0}, {1, 15}, {1, 255}, {2, 1}, {4, 0}, {11, 1}}) {
            byte[] bad = good.clone();
            bad[change[0]] = (byte) change[1];
            refused(ErrorCode.MALFORMED_FRAME, bad, FROM_DEVICE);
        }
        byte[] ping = header(FrameType.PING, 8);
        ping[FrameHeader.EXCHANGE_OFFSET] = 1;
        refused(ErrorCode.MALFORMED_FRAME, ping, FROM_DEVICE);
    }

    @Test
    void saysWhatWasFoundAndNeeded() {
        byte[] bad = header(FrameType.CANCEL, 0);
        bad[0] = 'G';
        String message = assertThrows(FrameException.class, () -> FROM_DEVICE.check(wrap(bad))).getMessage();
        assertTrue(message.contains("[0x47]") && message.contains("0xD1"), message);
    }

    private static void refused(ErrorCode code, byte[] header, FrameRules rules) {
        assertEquals(code, assertThrows(FrameException.class, () -> rules.check(wrap(header))).code());
    }

    private static byte[] header(FrameType type, int length) {
        byte[] bytes = new byte[FrameHeader.BYTES];
        bytes[0] = (byte) FrameHeader.MARK;
        bytes[1] = (byte) type.code();
        bytes[4] = (byte) (type.accepts(0) ? 0 : 1);
        bytes[8] = (byte) length;
        bytes[9] = (byte) (length >> 8);
        bytes[10] = (byte) (length >> 16);
        return bytes;
    }

    private static FrameHeader wrap(byte[] bytes) {
        return new FrameHeader().wrap(ByteBuffer.wrap(bytes), 0);
    }
}
