package dev.tandem.entropy;

import java.util.List;

/**
 * Reads the tokens of some slices' streams side by side: expert ids of all, then hyper-latents, then values by the tables that those choose. A slice that is found damaged is left out from
 * there on. For one call.
 */
final class TokenDecoder {
    private static final char[] NO_ROWS = {};
    private static final int[] NO_SYMBOLS = {};

    private final CodecModel model;
    private final Quantiser quantiser;
    private final TokenBufferPool pool;
    private final List<SliceStream> slices;
    private final CorruptBitstreamException[] failures;
    private final TokenBuffers[] buffers;
    private final int[] counts;
    private final char[][] rows;
    private final int[][] symbols;

    TokenDecoder(CodecModel model, Quantiser quantiser, TokenBufferPool pool, List<SliceStream> slices) {
        this.model = model;
        this.quantiser = quantiser;
        this.pool = pool;
        this.slices = slices;
        failures = new CorruptBitstreamException[slices.size()];
        buffers = new TokenBuffers[slices.size()];
        counts = new int[slices.size()];
        rows = new char[slices.size()][];
        symbols = new int[slices.size()][];
    }

    /** Values of each slice, null for a damaged one; {@link #failure} says why. */
    float[][] decode(RansCoder coder) {
        float[][] values = new float[slices.size()][];
        try (RansCoder.Reader reader = coder.reader()) {
            reader.start(slices.size());
            for (int s = 0; s < slices.size(); s++) {
                SliceStream slice = slices.get(s);
                reader.open(s, slice.slice(), slice.from(), slice.length());
                failures[s] = reader.failure(s);
                if (failures[s] == null) {
                    buffers[s] = pool.take(slice.header().count());
                    ask(s, buffers[s].expertRows, buffers[s].experts);
                } else {
                    ask(s, NO_ROWS, NO_SYMBOLS);
                }
            }
            read(reader, 0, model.experts() - 1, "expert");
            for (int s = 0; s < slices.size(); s++) {
                if (failures[s] == null) {
                    buffers[s].chooseZRows(model);
                    ask(s, buffers[s].zRows, buffers[s].z);
                }
            }
            read(reader, -HyperFile.MAX_INPUT, HyperFile.MAX_INPUT, "z");
            chooseRows();
            for (int s = 0; s < slices.size(); s++) {
                if (failures[s] == null) {
                    ask(s, buffers[s].rows, buffers[s].symbols);
                }
            }
            read(reader, Short.MIN_VALUE, Short.MAX_VALUE, "y");
            reader.finish();
            for (int s = 0; s < slices.size(); s++) {
                failures[s] = failures[s] == null ? reader.failure(s) : failures[s];
                values[s] = failures[s] == null ? values(buffers[s], slices.get(s).step()) : null;
            }
        } finally {
            for (TokenBuffers used : buffers) {
                pool.give(used);
            }
        }
        return values;
    }

    /** Why slice s is damaged; null for a good one. */
    CorruptBitstreamException failure(int s) {
        return failures[s];
    }

    private void ask(int s, char[] rowsOfStage, int[] symbolsOfStage) {
        rows[s] = rowsOfStage;
        symbols[s] = symbolsOfStage;
        counts[s] = rowsOfStage.length;
    }

    /** One stage of all slices, each symbol within its range up to where its stream fails. */
    private void read(RansCoder.Reader reader, int least, int most, String what) {
        reader.get(counts, rows, symbols);
        for (int s = 0; s < symbols.length; s++) {
            for (int i = 0; i < reader.read(s) && failures[s] == null; i++) {
                if (symbols[s][i] < least || symbols[s][i] > most) {
                    failures[s] = new CorruptBitstreamException("slice", SliceHeader.LEAST_BYTES,
                            what + " symbol in " + least + ".." + most, String.valueOf(symbols[s][i]));
                }
            }
            failures[s] = failures[s] == null ? reader.failure(s) : failures[s];
            if (failures[s] != null) {
                ask(s, NO_ROWS, NO_SYMBOLS);
            }
        }
    }

    /** Of every good slice; neighbours of one operating point in one run, for which experts are read from memory once. */
    private void chooseRows() {
        for (int s = 0; s < slices.size();) {
            int tokens = 0;
            int to = s;
            OperatingStep step = slices.get(s).step();
            while (to < slices.size() && slices.get(to).step().equals(step)) {
                tokens += failures[to] == null ? buffers[to].tokens() : 0;
                to++;
            }
            chooseRows(s, to, tokens, step);
            s = to;
        }
    }

    private void chooseRows(int from, int to, int tokens, OperatingStep step) {
        if (to - from == 1) {
            if (failures[from] == null) {
                buffers[from].chooseRows(model, step);
            }
            return;
        }
        if (tokens == 0) {
            return;
        }
        TokenBuffers together = pool.take(tokens);
        together.needLatents(model);
        int at = 0;
        for (int s = from; s < to; s++) {
            if (failures[s] == null) {
                together.putLatents(buffers[s], at, model.hyperWidth());
                at += buffers[s].tokens();
            }
        }
        together.chooseRows(model, step);
        at = 0;
        for (int s = from; s < to; s++) {
            if (failures[s] == null) {
                buffers[s].needValues(model);
                together.giveRows(buffers[s], at, model.tokenWidth());
                at += buffers[s].tokens();
            }
        }
        pool.give(together);
    }

    private float[] values(TokenBuffers tokens, OperatingStep step) {
        float[] values = new float[tokens.symbols.length];
        quantiser.dequantise(tokens.symbols, tokens.means, model.hyper().meanFractionBits(), step.step(), values);
        return values;
    }
}
