package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.entropy.RansCoder;
import dev.tandem.entropy.RansDecoder;
import dev.tandem.entropy.RansEncoder;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeLibrary;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every implementation of the entropy coder that this machine can run, by name. */
final class Coders {
    private Coders() {
    }

    /** Makes a coder ready for tables. */
    interface Factory {
        Coder over(CdfTables tables);
    }

    /** Whole streams. */
    interface Coder extends AutoCloseable {
        byte[] encode(int[] rows, int[] values);

        /** Fills values of each stream that is not damaged; gives what is wrong with the others, null for nothing. */
        CorruptBitstreamException[] decode(int[][] rows, byte[][] streams, int[][] values);

        @Override
        default void close() {
            // One of the heap has nothing to give back.
        }
    }

    static Map<String, Factory> all() {
        Map<String, Factory> all = new LinkedHashMap<>();
        all.put("reference", Plain::new);
        all.put("side by side", tables -> new SideBySide(RansCoder.reference(tables)));
        if (NativeLibrary.get().available()) {
            all.put("native", tables -> new SideBySide(RansCoder.of(tables, MemoryAccount.process().owner("test"))));
        }
        return all;
    }

    /** Value by value. */
    private record Plain(CdfTables tables) implements Coder {
        @Override
        public byte[] encode(int[] rows, int[] values) {
            RansEncoder encoder = new RansEncoder();
            for (int i = 0; i < rows.length; i++) {
                encoder.put(tables, rows[i], values[i]);
            }
            return encoder.finish();
        }

        @Override
        public CorruptBitstreamException[] decode(int[][] rows, byte[][] streams, int[][] values) {
            CorruptBitstreamException[] wrong = new CorruptBitstreamException[streams.length];
            for (int s = 0; s < streams.length; s++) {
                try {
                    RansDecoder decoder = new RansDecoder(streams[s], 0, streams[s].length);
                    for (int i = 0; i < rows[s].length; i++) {
                        values[s][i] = decoder.get(tables, rows[s][i]);
                    }
                    decoder.finish();
                } catch (CorruptBitstreamException e) {
                    wrong[s] = e;
                }
            }
            return wrong;
        }
    }

    /** All streams at once, each in two parts, as slices are read. */
    private record SideBySide(RansCoder coder) implements Coder {
        @Override
        public void close() {
            coder.close();
        }

        @Override
        public byte[] encode(int[] rows, int[] values) {
            try (RansCoder.Writer writer = coder.writer()) {
                int half = rows.length / 2;
                char[] narrow = narrow(rows, 0, rows.length);
                writer.put(narrow, 0, values, 0, half);
                writer.put(narrow, half, values, half, rows.length - half);
                return writer.finish();
            }
        }

        @Override
        public CorruptBitstreamException[] decode(int[][] rows, byte[][] streams, int[][] values) {
            CorruptBitstreamException[] wrong = new CorruptBitstreamException[streams.length];
            try (RansCoder.Reader reader = coder.reader()) {
                reader.start(streams.length);
                for (int s = 0; s < streams.length; s++) {
                    reader.open(s, streams[s], 0, streams[s].length);
                }
                part(reader, rows, values, false);
                part(reader, rows, values, true);
                reader.finish();
                for (int s = 0; s < streams.length; s++) {
                    wrong[s] = reader.failure(s);
                }
            }
            return wrong;
        }

        private static void part(RansCoder.Reader reader, int[][] rows, int[][] values, boolean second) {
            int[] counts = new int[rows.length];
            char[][] narrow = new char[rows.length][];
            int[][] found = new int[rows.length][];
            for (int s = 0; s < rows.length; s++) {
                int from = second ? rows[s].length / 3 : 0;
                counts[s] = second ? rows[s].length - from : rows[s].length / 3;
                narrow[s] = narrow(rows[s], from, counts[s]);
                found[s] = new int[counts[s]];
            }
            reader.get(counts, narrow, found);
            for (int s = 0; s < rows.length; s++) {
                System.arraycopy(found[s], 0, values[s], second ? rows[s].length / 3 : 0, counts[s]);
            }
        }

        private static char[] narrow(int[] rows, int from, int count) {
            char[] narrow = new char[count];
            for (int i = 0; i < count; i++) {
                narrow[i] = (char) rows[from + i];
            }
            return narrow;
        }
    }
}
