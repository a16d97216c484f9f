package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.CorruptBitstreamException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Layout of {@code codec/hyper.bin} (docs/bitstream.md, section 5). Sizes are checked against the file's own length
 * before anything is allocated; every layer is checked against overflow.
 */
final class HyperFile {
    static final int MAX_INPUT = 127;
    static final int MAX_HIDDEN = 255;
    private static final int MAGIC = 'T' | 'D' << 8 | 'H' << 16 | 'S' << 24;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 20;

    /** The whole file. */
    final byte[] bytes;
    private final ByteBuffer in;
    int meanFractionBits;
    int[] thresholds;
    HyperLayer[][] layers;

    /** Parses and checks the whole buffer; its bytes are copied once, and layers look at that copy. */
    HyperFile(ByteBuffer file) {
        bytes = new byte[file.remaining()];
        file.get(bytes);
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        require(in.remaining() >= HEADER_BYTES, "at least " + HEADER_BYTES + " bytes", in.remaining());
        int magic = in.getInt();
        require(magic == MAGIC, "magic TDHS", "0x" + Integer.toHexString(magic));
        bounded("version", VERSION, VERSION);
        int experts = bounded("experts", 1, 256);
        int count = bounded("layers", 1, 8);
        meanFractionBits = bounded("meanFractionBits", 0, 15);
        need(4L * (count + 1));
        int[] widths = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            widths[i] = bounded("width", 1, 16_384);
        }
        require(widths[count] % 2 == 0, "an even last width", widths[count]);
        need(padded(count) + 4L * 63);
        int[] shifts = new int[count];
        for (int i = 0; i < count; i++) {
            shifts[i] = in.get();
            require(shifts[i] >= 1 && shifts[i] <= 47, "a shift in 1..47", shifts[i]);
        }
        padding(count);
        readThresholds();
        long expertBytes = 0;
        for (int l = 0; l < count; l++) {
            expertBytes += padded((long) widths[l] * widths[l + 1]) + 8L * widths[l + 1];
        }
        require(in.remaining() == experts * expertBytes, experts * expertBytes + " bytes of experts", in.remaining());
        layers = new HyperLayer[experts][count];
        for (int e = 0; e < experts; e++) {
            for (int l = 0; l < count; l++) {
                layers[e][l] = layer(widths[l], widths[l + 1], shifts[l], l == 0 ? MAX_INPUT : MAX_HIDDEN);
            }
        }
    }

    private void readThresholds() {
        thresholds = new int[CodecModel.SCALES - 1];
        for (int i = 0; i < thresholds.length; i++) {
            thresholds[i] = in.getInt();
            require(i == 0 || thresholds[i] > thresholds[i - 1], "ascending thresholds", thresholds[i]);
        }
    }

    private HyperLayer layer(int inputs, int outputs, int shift, int inputBound) {
        int weightAt = in.position();
        in.position(weightAt + inputs * outputs);
        padding(inputs * outputs);
        HyperLayer layer = new HyperLayer(inputs, outputs, bytes, weightAt, ints(outputs), ints(outputs), shift);
        for (int o = 0; o < outputs; o++) {
            require(layer.multiplier()[o] >= 0, "a multiplier in 0..2^31-1", layer.multiplier()[o]);
            long bound = layer.accumulatorBound(o, inputBound);
            require(bound <= Integer.MAX_VALUE, "a sum of output " + o + " below 2^31", bound);
        }
        return layer;
    }

    private int[] ints(int count) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.getInt();
        }
        return values;
    }

    private int bounded(String what, int least, int most) {
        need(4);
        int value = in.getInt();
        require(value >= least && value <= most, what + " in " + least + ".." + most, Integer.toUnsignedString(value));
        return value;
    }

    private void padding(int bytes) {
        for (long i = bytes; i < padded(bytes); i++) {
            byte b = in.get();
            require(b == 0, "zero padding", b);
        }
    }

    private static long padded(long bytes) {
        return bytes + 3 & ~3L;
    }

    private void need(long bytes) {
        require(in.remaining() >= bytes, bytes + " more bytes", in.remaining());
    }

    private void require(boolean holds, String expected, Object found) {
        if (!holds) {
            throw new CorruptBitstreamException("hyper-synthesis file", in.position(), expected, String.valueOf(found));
        }
    }
}
