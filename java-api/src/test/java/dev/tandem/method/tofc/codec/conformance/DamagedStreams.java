package dev.tandem.method.tofc.codec.conformance;

import static dev.tandem.method.tofc.codec.conformance.StreamCases.rows;

import dev.tandem.entropy.CdfTables;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Streams cut, extended, flipped and forged. Some flips make another valid stream; then its values are pinned. */
final class DamagedStreams {
    private static final CdfTables TABLES = CdfTables.of(
            new int[][]{{0, 6554, 19661, 45875, 58982, 65536}, {0, 3277, 62259, 64880, 65536}}, new int[]{-2, -1});
    private static final int[] ROWS = {0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0};
    private static final int[] VALUES = {0, -1, 1, 100, 0, -1, 2, -77_777, 0, 1, -2, 0};

    private DamagedStreams() {
    }

    static StreamGroup group() {
        StreamCases cases = new StreamCases("damaged", TABLES);
        byte[] stream = cases.valid("whole", ROWS, VALUES);
        for (int length = 0; length < stream.length; length++) {
            cases.bytes("cut to " + length, ROWS, Arrays.copyOf(stream, length));
        }
        cases.bytes("4 bytes more", ROWS, Arrays.copyOf(stream, stream.length + 4));
        cases.bytes("1 byte more", ROWS, Arrays.copyOf(stream, stream.length + 1));
        cases.bytes("a value fewer asked for", Arrays.copyOf(ROWS, ROWS.length - 1), stream);
        cases.bytes("a value more asked for", Arrays.copyOf(ROWS, ROWS.length + 1), stream);
        cases.bytes("no value asked for", new int[0], stream);
        for (int bit = 0; bit < stream.length * 8; bit++) {
            byte[] flipped = stream.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            cases.bytes("bit " + bit, ROWS, flipped);
        }
        states(cases);
        forged(cases);
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < 40; i++) {
            byte[] noise = new byte[4 * random.nextInt(2, 12)];
            random.nextBytes(noise);
            noise[7] &= 127;
            cases.bytes("noise " + i, rows(i & 1, 12), noise);
        }
        return cases.group();
    }

    private static void states(StreamCases cases) {
        int[] none = {};
        cases.bytes("state 0", none, new byte[8]);
        cases.bytes("state 2^31 - 1", none, new byte[]{-1, -1, -1, 127, 0, 0, 0, 0});
        cases.bytes("state 2^31", none, new byte[]{0, 0, 0, -128, 0, 0, 0, 0});
        cases.bytes("state 2^63 - 1", none, new byte[]{-1, -1, -1, -1, -1, -1, -1, 127});
        cases.bytes("state 2^63", none, new byte[]{0, 0, 0, 0, 0, 0, 0, -128});
        cases.bytes("state 2^64 - 1", rows(0, 3), new byte[]{-1, -1, -1, -1, -1, -1, -1, -1});
        cases.bytes("ends one above 2^31", rows(0, 5), whole().bytesFrom((1L << 31) + 1));
        cases.bytes("ends far above 2^31", rows(0, 5), whole().bytesFrom(1L << 45));
    }

    private static ForgedStream whole() {
        return new ForgedStream(TABLES).symbol(0, 0).symbol(0, 1).symbol(0, 2).symbol(0, 3).symbol(0, 1);
    }

    private static void forged(StreamCases cases) {
        for (int nibbles = 7; nibbles <= 15; nibbles++) {
            int[] raw = new int[nibbles + 1];
            Arrays.fill(raw, 1);
            raw[0] = nibbles;
            cases.bytes(nibbles + " nibbles", rows(0, 3),
                    new ForgedStream(TABLES).symbol(0, 1).escape(0).raw(raw).symbol(0, 2).bytes());
        }
        for (int nibbles = 1; nibbles <= 7; nibbles++) {
            int[] raw = new int[nibbles + 1];
            Arrays.fill(raw, 0, nibbles, 9);
            raw[0] = nibbles;
            cases.bytes("a leading zero of " + nibbles, rows(1, 2),
                    new ForgedStream(TABLES).escape(1).raw(raw).symbol(1, 0).bytes());
        }
    }
}
