package dev.tandem.method.tofc.codec.conformance;

import static dev.tandem.method.tofc.codec.conformance.StreamCases.rows;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.LaplaceTables;
import dev.tandem.entropy.RandomTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Makes {@code streams.bin}: random and adversarial tables and values. What is damaged comes from {@link
 * DamagedStreams}.
 */
final class StreamGenerator {
    private StreamGenerator() {
    }

    static List<StreamGroup> groups() {
        List<StreamGroup> groups = new ArrayList<>();
        for (int seed = 0; seed < 10; seed++) {
            groups.add(random(seed));
        }
        groups.add(laplace());
        groups.add(narrow());
        groups.add(flat());
        groups.add(escapes());
        groups.add(lanes());
        groups.add(DamagedStreams.group());
        return groups;
    }

    private static StreamGroup random(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StreamCases cases = new StreamCases("random " + seed, RandomTables.create(random));
        for (int most : new int[]{20, 100, 300}) {
            drawn(cases, "up to " + most, random, random.nextInt(1, most + 1));
        }
        return cases.group();
    }

    private static byte[] drawn(StreamCases cases, String title, SplittableRandom random, int count) {
        int[] rows = new int[count];
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = random.nextInt(cases.tables().rows());
            values[i] = RandomTables.value(random, cases.tables(), rows[i]);
        }
        return cases.valid(title, rows, values);
    }

    /** The 64 rows of a real codec, each used. */
    private static StreamGroup laplace() {
        StreamCases cases = new StreamCases("laplace", LaplaceTables.of(LaplaceTables.logSpaced(64, 0.05, 64)));
        SplittableRandom random = new SplittableRandom(64);
        drawn(cases, "4096 values", random, 4096);
        int[] all = IntStream.range(0, 64).toArray();
        cases.valid("centres", all, new int[64]);
        cases.valid("lowest", all, IntStream.of(all).map(cases.tables()::offset).toArray());
        return cases.group();
    }

    /** Frequencies of 1 and 65535: a symbol costs 16 bits or next to none. */
    private static StreamGroup narrow() {
        StreamCases cases = new StreamCases("two symbols",
                CdfTables.of(new int[][]{{0, 1, 65536}, {0, 65535, 65536}, {0, 32768, 65536}}, new int[3]));
        for (int row = 0; row < 3; row++) {
            cases.valid("regular, row " + row, rows(row, 100), new int[100]);
            int[] escaped = new int[100];
            Arrays.fill(escaped, 1);
            cases.valid("escapes, row " + row, rows(row, 100), escaped);
        }
        cases.valid("next to no bits", rows(1, 3000), new int[3000]);
        return cases.group();
    }

    /** A row of 65536 symbols, the most there can be, and the extreme offsets. */
    private static StreamGroup flat() {
        int[] all = IntStream.rangeClosed(0, 65536).toArray();
        StreamCases cases = new StreamCases("most symbols", CdfTables.of(
                new int[][]{all, {0, 65535, 65536}, {0, 65535, 65536}}, new int[]{-32768, 1 << 24, -(1 << 24)}));
        SplittableRandom random = new SplittableRandom(16);
        cases.valid("drawn", rows(0, 200), random.ints(200, -32768, 32768).toArray());
        cases.valid("ends", rows(0, 4), new int[]{-32768, 32766, 32767, -32769});
        cases.valid("far offsets", new int[]{1, 2, 1, 2, 1, 2},
                new int[]{1 << 24, -(1 << 24), (1 << 24) + 1, -(1 << 24) - 1, (1 << 24) + 99_999_999, 100_000_000});
        return cases.group();
    }

    /** Every number of nibbles, at both of its ends, on both sides. */
    private static StreamGroup escapes() {
        StreamCases cases = new StreamCases("escapes", CdfTables.of(
                new int[][]{{0, 6554, 19661, 45875, 58982, 65536}, {0, 3277, 62259, 64880, 65536}}, new int[]{-2, -1}));
        List<Integer> values = new ArrayList<>();
        for (int nibbles = 0; nibbles <= 7; nibbles++) {
            for (long raw : new long[]{(1L << 4 * nibbles) - 1, 1L << 4 * nibbles}) {
                for (long odd = 0; odd <= 1; odd++) {
                    long r = raw ^ odd;
                    if (r < 1L << 28) {
                        values.add((r & 1) == 1 ? (int) (-(r >> 1) - 1) - 2 : (int) (r >> 1) + 4 - 2);
                    }
                }
            }
        }
        int[] row = values.stream().mapToInt(Integer::intValue).toArray();
        cases.valid("row 0", rows(0, row.length), row);
        int[] nearer = IntStream.of(row).filter(v -> Math.abs(v) < 1 << 26).toArray();
        cases.valid("alternating", IntStream.range(0, nearer.length).map(i -> i & 1).toArray(), nearer);
        for (int i = 0; i < row.length; i++) {
            cases.valid("alone " + row[i], new int[]{0}, new int[]{row[i]});
        }
        return cases.group();
    }

    /** Streams of 0 to 40 values: whoever decodes several at once meets every uneven end. */
    private static StreamGroup lanes() {
        SplittableRandom random = new SplittableRandom(40);
        StreamCases cases = new StreamCases("lanes", RandomTables.create(random));
        for (int count = 0; count <= 40; count++) {
            drawn(cases, count + " values", random, count);
        }
        return cases.group();
    }
}
