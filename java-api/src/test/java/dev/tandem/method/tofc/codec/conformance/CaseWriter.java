package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.entropy.CdfTables;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the files of the conformance set (docs/conformance.md): variable-length numbers and what is made of them. */
final class CaseWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The head of a file: {@code TDCF}, version 1, what it holds. */
    CaseWriter(String kind) {
        out.writeBytes("TDCF".getBytes(StandardCharsets.US_ASCII));
        number(1).text(kind);
    }

    /** Not negative: seven bits a byte, the lowest first, the top bit set on all but the last. */
    CaseWriter number(long value) {
        long rest = value;
        while (rest >= 128) {
            out.write((int) (rest & 127 | 128));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    /** Any int: 0, -1, 1, -2, ... become 0, 1, 2, 3, ... */
    CaseWriter signed(int value) {
        return number(Integer.toUnsignedLong(value << 1 ^ value >> 31));
    }

    CaseWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    CaseWriter bytes(byte[] bytes) {
        number(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    CaseWriter ints(int[] values) {
        number(values.length);
        for (int value : values) {
            signed(value);
        }
        return this;
    }

    /** Each as its 32 bits, the lowest byte first. */
    CaseWriter floats(float[] values) {
        number(values.length);
        for (float value : values) {
            single(value);
        }
        return this;
    }

    CaseWriter single(float value) {
        int bits = Float.floatToRawIntBits(value);
        for (int i = 0; i < 4; i++) {
            out.write(bits >>> 8 * i);
        }
        return this;
    }

    /** Rows, each as its offset and runs of equal frequencies. */
    CaseWriter tables(CdfTables tables) {
        number(tables.rows());
        for (int row = 0; row < tables.rows(); row++) {
            signed(tables.offset(row));
            runs(tables.row(row));
        }
        return this;
    }

    private void runs(int[] cdf) {
        number(cdf.length - 1);
        for (int from = 0; from < cdf.length - 1;) {
            int frequency = cdf[from + 1] - cdf[from];
            int to = from + 1;
            while (to < cdf.length - 1 && cdf[to + 1] - cdf[to] == frequency) {
                to++;
            }
            number(frequency).number(to - from);
            from = to;
        }
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
