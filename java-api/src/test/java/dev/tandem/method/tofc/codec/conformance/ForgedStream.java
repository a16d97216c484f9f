package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.entropy.CdfTables;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Streams that no encoder writes: right in every state, wrong in what they say. Straight from docs/bitstream.md,
 * section 4.
 */
final class ForgedStream {
    private record Operation(int bits, long start, long frequency) {}

    private final CdfTables tables;
    private final List<Operation> operations = new ArrayList<>();

    ForgedStream(CdfTables tables) {
        this.tables = tables;
    }

    /** The k-th symbol of a row, the escape if k is the row's last. */
    ForgedStream symbol(int row, int k) {
        int[] cdf = tables.row(row);
        operations.add(new Operation(16, cdf[k], cdf[k + 1] - cdf[k]));
        return this;
    }

    ForgedStream escape(int row) {
        return symbol(row, tables.length(row) - 2);
    }

    ForgedStream raw(int... nibbles) {
        for (int nibble : nibbles) {
            operations.add(new Operation(4, nibble, 1));
        }
        return this;
    }

    byte[] bytes() {
        return bytesFrom(1L << 31);
    }

    /** As if the encoder had begun in another state than 2^31. */
    byte[] bytesFrom(long state) {
        Deque<Integer> words = new ArrayDeque<>();
        long x = state;
        for (Operation o : operations.reversed()) {
            if (x >= o.frequency << 63 - o.bits) {
                words.push((int) x);
                x >>>= 32;
            }
            x = (x / o.frequency << o.bits) + x % o.frequency + o.start;
        }
        ByteBuffer out = ByteBuffer.allocate(8 + 4 * words.size()).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(x);
        words.forEach(out::putInt);
        return out.array();
    }
}
