package dev.tandem.method.tofc.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes {@code codec/hyper.bin} as docs/bitstream.md has it, right or wrong as the test wants it. */
public final class HyperFileWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The header; thresholds are 16, 32, ... as they normally are. */
    public HyperFileWriter(int experts, int meanFractionBits, int[] widths, int[] shifts) {
        ints(0x53484454, 1, experts, shifts.length, meanFractionBits);
        ints(widths);
        byte[] bytes = new byte[shifts.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) shifts[i];
        }
        bytes(bytes);
        for (int k = 1; k < CodecModel.SCALES; k++) {
            ints(16 * k);
        }
    }

    /** The next layer of the next expert. */
    public HyperFileWriter layer(byte[] weight, int[] bias, int[] multiplier) {
        bytes(weight);
        ints(bias);
        ints(multiplier);
        return this;
    }

    /** All that was written. */
    public byte[] toBytes() {
        return out.toByteArray();
    }

    private void bytes(byte[] values) {
        out.writeBytes(values);
        out.writeBytes(new byte[-values.length & 3]);
    }

    private void ints(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asIntBuffer().put(values);
        out.writeBytes(buffer.array());
    }
}
