package dev.tandem.entropy.conformance;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.HyperSynthesis;
import dev.tandem.entropy.LaplaceTables;
import dev.tandem.entropy.RandomCodecModels;
import dev.tandem.entropy.RandomTables;
import dev.tandem.entropy.ReferenceHyperSynthesis;
import dev.tandem.foreign.NativeLibrary;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * {@code java dev.tandem.entropy.conformance.SameBits SYMBOLS OUTPUTS [SEED]} codes and reads that many random symbols, and computes that many outputs of random networks, with the Java
 * reference and every other implementation at this process's tier ({@code TANDEM_TIER} lowers it). Prints what was compared; ends with 1 at the first difference.
 */
public final class SameBits {
    private static final int STREAM = 20_000;
    private static final int STREAMS_OF_TABLES = 25;

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
            Map<String, Coders.Coder> others = new LinkedHashMap<>();
            factories.forEach((name, factory) -> others.put(name, factory.over(tables)));
            for (int s = 0; s < STREAMS_OF_TABLES && compared < wanted; s++) {
                int count = (int) Math.min(wanted - compared, 1 + random.nextInt(STREAM));
                int[] rows = new int[count];
                int[] values = new int[count];
                for (int i = 0; i < count; i++) {
                    rows[i] = random.nextInt(tables.rows());
                    values[i] = RandomTables.value(random, tables, rows[i]);
                }
                byte[] stream = reference.encode(rows, values);
                check("reference", reference, rows, values, stream);
                others.forEach((name, coder) -> {
                    Differences.none(name + ", stream", stream, coder.encode(rows, values));
                    check(name, coder, rows, values, stream);
                });
                compared += count;
                bytes += stream.length;
            }
        }
        System.out.printf(Locale.ROOT, "rANS: %,d symbols, %,d bytes, coders %s: 0 differences%n", compared, bytes,
                Coders.all().keySet());
    }

    private static void check(String name, Coders.Coder coder, int[] rows, int[] values, byte[] stream) {
        int[] decoded = new int[values.length];
        coder.decode(rows, stream, decoded);
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
            for (int token = 0; token < 200 && compared < wanted; token++) {
                int expert = random.nextInt(shape[0]);
                int[] z = random.ints(shape[2], -140, 141).toArray();
                int[][] expected = run(reference, expert, z);
                others.forEach((name, hyper) -> Differences.none(name, expected, run(hyper, expert, z)));
                compared += 2L * shape[1];
            }
        }
        System.out.printf(Locale.ROOT, "hyper-synthesis: %,d outputs, networks %s: 0 differences%n", compared,
                Networks.readers().keySet());
    }

    private static int[][] run(HyperSynthesis hyper, int expert, int[] z) {
        int[][] out = new int[2][hyper.tokenWidth()];
        hyper.run(expert, z, 0, out[0], out[1], 0);
        return out;
    }
}
