package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.entropy.LaplaceTables;
import dev.tandem.entropy.RandomTables;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.method.tofc.codec.HyperSynthesis;
import dev.tandem.method.tofc.codec.RandomCodecModels;
import dev.tandem.method.tofc.codec.ReferenceHyperSynthesis;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * {@code java dev.tandem.method.tofc.codec.conformance.SameBits SYMBOLS OUTPUTS [SEED]} codes and reads that many
 * random symbols, and computes that many outputs of random networks, with the Java reference and every other
 * implementation at this process's tier ({@code TANDEM_TIER} lowers it). Prints what was compared; ends with 1 at the
 * first difference.
 */
public final class SameBits {
    private static final int STREAM = 20_000;
    private static final int STREAMS_OF_TABLES = 25;
    private static final int MOST_TOKENS = 200;

    private final SplittableRandom random;

    private SameBits(long seed) {
        random = new SplittableRandom(seed);
    }

    /** See the class. */
    public static void main(String[] args) {
        System.out.println(System.getProperty("os.arch") + ", Java " + Runtime.version() + ", " + NativeLibrary.get());
        try {
            SameBits run = new SameBits(args.length > 2 ? Long.parseLong(args[2]) : 1);
            run.symbols(Long.parseLong(args[0]));
            run.outputs(Long.parseLong(args[1]));
        } catch (AssertionError e) {
            System.out.println("DIFFERENT: " + e.getMessage());
            System.exit(1);
        }
    }

    private void symbols(long wanted) {
        long compared = 0;
        long bytes = 0;
        for (int round = 0; compared < wanted; round++) {
            // Every other set of tables is a real codec's rows; the rest are random ones.
            CdfTables tables = (round & 1) == 0
                    ? RandomTables.create(random)
                    : LaplaceTables.of(LaplaceTables.logSpaced(64, 0.05, 64));
            Map<String, Coders.Factory> factories = Coders.all();
            Coders.Coder reference = factories.remove("reference").over(tables);
            factories.remove("side by side");
            Map<String, Coders.Coder> others = new LinkedHashMap<>();
            factories.forEach((name, factory) -> others.put(name, factory.over(tables)));
            int streams = STREAMS_OF_TABLES;
            int[][] rows = new int[streams][];
            int[][] values = new int[streams][];
            byte[][] coded = new byte[streams][];
            for (int s = 0; s < streams; s++) {
                rows[s] = random.ints(random.nextInt(STREAM), 0, tables.rows()).toArray();
                values[s] = new int[rows[s].length];
                for (int i = 0; i < rows[s].length; i++) {
                    values[s][i] = RandomTables.value(random, tables, rows[s][i]);
                }
                coded[s] = reference.encode(rows[s], values[s]);
                compared += rows[s].length;
                bytes += coded[s].length;
                for (Map.Entry<String, Coders.Coder> other : others.entrySet()) {
                    Differences.none(other.getKey() + ", stream", coded[s],
                            other.getValue().encode(rows[s], values[s]));
                }
            }
            decode("reference", reference, rows, values, coded);
            others.forEach((name, coder) -> decode(name, coder, rows, values, coded));
            others.values().forEach(Coders.Coder::close);
        }
        System.out.printf(Locale.ROOT, "rANS: %,d symbols, %,d bytes, coders %s: 0 differences%n", compared, bytes,
                Coders.all().keySet().stream().filter(name -> !name.equals("side by side")).toList());
    }

    private static void decode(String name, Coders.Coder coder, int[][] rows, int[][] values, byte[][] streams) {
        int[][] decoded = new int[rows.length][];
        Arrays.setAll(decoded, s -> new int[rows[s].length]);
        Differences.none(name + ", failures", new CorruptBitstreamException[rows.length],
                coder.decode(rows, streams, decoded));
        Differences.none(name + ", values", values, decoded);
    }

    private void outputs(long wanted) {
        long compared = 0;
        int[][] shapes = {{3, 24, 5}, {2, 33, 7}, {4, 100, 12}, {2, 384, 24}};
        for (int round = 0; compared < wanted; round++) {
            int[] shape = shapes[round % shapes.length];
            byte[] file = RandomCodecModels.hyperFile(random.nextLong(), shape[0], shape[1], shape[2],
                    random.nextInt(64));
            HyperSynthesis reference = ReferenceHyperSynthesis.read(ByteBuffer.wrap(file));
            Map<String, HyperSynthesis> others = new LinkedHashMap<>();
            Networks.readers().forEach((name, reader) -> others.put(name, reader.apply(ByteBuffer.wrap(file))));
            others.remove("reference");
            int tokens = random.nextInt(1, MOST_TOKENS);
            int[] experts = random.ints(tokens, 0, shape[0]).toArray();
            int[] z = random.ints((long) tokens * shape[2], -140, 141).toArray();
            int shift = random.nextInt(-40, 40);
            short[][] expected = run(reference, experts, z);
            char[] rows = rows(reference, experts, z, shift);
            others.forEach((name, hyper) -> {
                Differences.none(name, expected, run(hyper, experts, z));
                Differences.none(name + ", rows", rows, rows(hyper, experts, z, shift));
            });
            others.values().forEach(HyperSynthesis::close);
            compared += 2L * tokens * shape[1];
        }
        System.out.printf(Locale.ROOT, "hyper-synthesis: %,d outputs, networks %s: 0 differences%n", compared,
                Networks.readers().keySet());
    }

    /** Means and logits of many tokens at once. */
    private static short[][] run(HyperSynthesis hyper, int[] experts, int[] z) {
        short[][] out = new short[2][experts.length * hyper.tokenWidth()];
        hyper.run(experts, z, out[0], out[1]);
        return out;
    }

    private static char[] rows(HyperSynthesis hyper, int[] experts, int[] z, int shift) {
        char[] rows = new char[experts.length * hyper.tokenWidth()];
        hyper.scales(experts, z, shift, 100, new short[rows.length], rows);
        return rows;
    }
}
