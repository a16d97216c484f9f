package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.entropy.CdfTables;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads what {@link CaseWriter} wrote. The set is our own, so a fault in it is a failed test, not a typed error. */
final class CaseReader {
    private final ByteBuffer in;

    CaseReader(byte[] file, String kind) {
        in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[4];
        in.get(magic);
        String head = new String(magic, StandardCharsets.US_ASCII) + number() + text();
        if (!head.equals("TDCF1" + kind)) {
            throw new IllegalStateException("expected a conformance file TDCF1" + kind + ", found [" + head + "]");
        }
    }

    int number() {
        long value = 0;
        for (int shift = 0;; shift += 7) {
            byte next = in.get();
            value |= (next & 127L) << shift;
            if (next >= 0) {
                return (int) value;
            }
        }
    }

    int signed() {
        int value = number();
        return value >>> 1 ^ -(value & 1);
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        byte[] bytes = new byte[number()];
        in.get(bytes);
        return bytes;
    }

    int[] ints() {
        int[] values = new int[number()];
        for (int i = 0; i < values.length; i++) {
            values[i] = signed();
        }
        return values;
    }

    float[] floats() {
        float[] values = new float[number()];
        for (int i = 0; i < values.length; i++) {
            values[i] = single();
        }
        return values;
    }

    float single() {
        return Float.intBitsToFloat(in.getInt());
    }

    CdfTables tables() {
        int[][] cdf = new int[number()][];
        int[] offset = new int[cdf.length];
        for (int row = 0; row < cdf.length; row++) {
            offset[row] = signed();
            cdf[row] = new int[number() + 1];
            for (int at = 0; at < cdf[row].length - 1;) {
                int frequency = number();
                for (int run = number(); run > 0; run--) {
                    cdf[row][at + 1] = cdf[row][at] + frequency;
                    at++;
                }
            }
        }
        return CdfTables.of(cdf, offset);
    }

    /** To be called last: nothing may follow. */
    void end() {
        if (in.hasRemaining()) {
            throw new IllegalStateException("[" + in.remaining() + "] bytes follow the last conformance case");
        }
    }
}
