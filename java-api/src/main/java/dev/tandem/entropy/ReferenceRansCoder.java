package dev.tandem.entropy;

import java.util.Arrays;

/** {@link RansEncoder} and {@link RansDecoder} behind the interface. */
final class ReferenceRansCoder implements RansCoder {
    private final CdfTables tables;

    ReferenceRansCoder(CdfTables tables) {
        this.tables = tables;
    }

    @Override
    public CdfTables tables() {
        return tables;
    }

    @Override
    public Writer writer() {
        return new PlainWriter();
    }

    @Override
    public Reader reader() {
        return new PlainReader();
    }

    @Override
    public String toString() {
        return "plain Java rANS";
    }

    private final class PlainWriter implements Writer {
        private RansEncoder encoder = new RansEncoder();

        @Override
        public void put(char[] rows, int rowsFrom, int[] values, int valuesFrom, int count) {
            try {
                for (int i = 0; i < count; i++) {
                    encoder.put(tables, rows[rowsFrom + i], values[valuesFrom + i]);
                }
            } catch (IllegalArgumentException e) {
                encoder = new RansEncoder();
                throw e;
            }
        }

        @Override
        public byte[] finish(int before, int after) {
            byte[] stream = encoder.finish();
            byte[] bytes = new byte[before + stream.length + after];
            System.arraycopy(stream, 0, bytes, before, stream.length);
            return bytes;
        }

        @Override
        public void close() {
            // Holds memory of the heap only.
        }
    }

    private final class PlainReader implements Reader {
        private RansDecoder[] decoders = new RansDecoder[0];
        private CorruptBitstreamException[] failures = new CorruptBitstreamException[0];
        private int[] read = new int[0];

        @Override
        public void start(int streams) {
            decoders = new RansDecoder[streams];
            failures = new CorruptBitstreamException[streams];
            read = new int[streams];
        }

        @Override
        public void open(int stream, byte[] data, int offset, int length) {
            try {
                decoders[stream] = new RansDecoder(data, offset, length);
            } catch (CorruptBitstreamException e) {
                failures[stream] = e;
            }
        }

        @Override
        public void get(int[] counts, char[][] rows, int[][] values) {
            Arrays.fill(read, 0);
            for (int s = 0; s < decoders.length; s++) {
                try {
                    while (failures[s] == null && read[s] < counts[s]) {
                        values[s][read[s]] = decoders[s].get(tables, rows[s][read[s]]);
                        read[s]++;
                    }
                } catch (CorruptBitstreamException e) {
                    failures[s] = e;
                }
            }
        }

        @Override
        public int read(int stream) {
            return read[stream];
        }

        @Override
        public void finish() {
            for (int s = 0; s < decoders.length; s++) {
                try {
                    if (failures[s] == null) {
                        decoders[s].finish();
                    }
                } catch (CorruptBitstreamException e) {
                    failures[s] = e;
                }
            }
        }

        @Override
        public CorruptBitstreamException failure(int stream) {
            return failures[stream];
        }

        @Override
        public void close() {
            // Holds memory of the heap only.
        }
    }
}
