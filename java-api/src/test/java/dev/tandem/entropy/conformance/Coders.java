package dev.tandem.entropy.conformance;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.RansDecoder;
import dev.tandem.entropy.RansEncoder;
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
}
