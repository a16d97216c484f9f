package dev.tandem.entropy.conformance;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.entropy.RansCoder;
import dev.tandem.entropy.RansDecoder;
import dev.tandem.entropy.RansEncoder;
import dev.tandem.foreign.NativeLibrary;
import java.util.Arrays;
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
    interface Coder {
        byte[] encode(int[] rows, int[] values);

        /** Fills values, or throws CorruptBitstreamException. */
        void decode(int[] rows, byte[] stream, int[] values);
    }

    static Map<String, Factory> all() {
        Map<String, Factory> all = new LinkedHashMap<>();
        all.put("reference", Reference::new);
        all.put("reference in stages", tables -> new Staged(RansCoder.reference(tables)));
        if (NativeLibrary.get().available()) {
            all.put("libtandem", tables -> new Staged(RansCoder.of(tables)));
        }
        return all;
    }

    private record Reference(CdfTables tables) implements Coder {
        @Override
        public byte[] encode(int[] rows, int[] values) {
            RansEncoder encoder = new RansEncoder();
            for (int i = 0; i < rows.length; i++) {
                encoder.put(tables, rows[i], values[i]);
            }
            return encoder.finish();
        }

        @Override
        public void decode(int[] rows, byte[] stream, int[] values) {
            RansDecoder decoder = new RansDecoder(stream, 0, stream.length);
            for (int i = 0; i < rows.length; i++) {
                values[i] = decoder.get(tables, rows[i]);
            }
            decoder.finish();
        }
    }

    /** The interface, with each stream in two stages; five copies side by side must say the same. */
    private record Staged(RansCoder coder) implements Coder {
        private static final int COPIES = 5;

        @Override
        public byte[] encode(int[] rows, int[] values) {
            try (RansCoder.Writer writer = coder.writer()) {
                writer.put(chars(rows, 0, rows.length), 0, values, 0, rows.length);
                return writer.finish();
            }
        }

        @Override
        public void decode(int[] rows, byte[] stream, int[] values) {
            try (RansCoder.Reader reader = coder.reader()) {
                reader.start(COPIES);
                for (int s = 0; s < COPIES; s++) {
                    reader.open(s, stream, 0, stream.length);
                }
                int half = rows.length / 2;
                System.arraycopy(stage(reader, rows, 0, half), 0, values, 0, half);
                System.arraycopy(stage(reader, rows, half, rows.length), 0, values, half, rows.length - half);
                reader.finish();
                CorruptBitstreamException failure = reader.failure(0);
                for (int s = 1; s < COPIES; s++) {
                    String said = failure == null ? null : failure.getMessage();
                    String says = reader.failure(s) == null ? null : reader.failure(s).getMessage();
                    Differences.none("copy " + s, String.valueOf(said), String.valueOf(says));
                }
                if (failure != null) {
                    throw failure;
                }
            }
        }

        private static int[] stage(RansCoder.Reader reader, int[] rows, int from, int to) {
            int[] counts = new int[COPIES];
            char[][] of = new char[COPIES][];
            int[][] values = new int[COPIES][to - from];
            Arrays.fill(counts, to - from);
            Arrays.fill(of, chars(rows, from, to));
            reader.get(counts, of, values);
            for (int s = 1; s < COPIES; s++) {
                Differences.none("copy " + s, Arrays.copyOf(values[0], reader.read(0)),
                        Arrays.copyOf(values[s], reader.read(s)));
            }
            return values[0];
        }

        private static char[] chars(int[] rows, int from, int to) {
            char[] of = new char[to - from];
            for (int i = from; i < to; i++) {
                of[i - from] = (char) rows[i];
            }
            return of;
        }
    }
}
