package dev.tandem.edge.lmm;

import java.util.Arrays;

/** The k largest of many keys, largest first, in one pass with a buffer of 2k. */
final class Likeliest {
    private Likeliest() {
    }

    static long[] of(long[] keys, int k) {
        int room = (int) Math.min(keys.length, Math.max(64, 2L * k));
        long[] buffer = new long[room];
        int held = 0;
        long threshold = Long.MIN_VALUE;
        for (long key : keys) {
            if (key < threshold) {
                continue;
            }
            if (held == room) {
                Arrays.sort(buffer);
                System.arraycopy(buffer, room - k, buffer, 0, k);
                threshold = buffer[0];
                held = k;
                if (key < threshold) {
                    continue;
                }
            }
            buffer[held++] = key;
        }
        Arrays.sort(buffer, 0, held);
        int count = Math.min(k, held);
        long[] descending = new long[count];
        for (int i = 0; i < count; i++) {
            descending[i] = buffer[held - 1 - i];
        }
        return descending;
    }
}
