package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.entropy.RansCoder;
import dev.tandem.entropy.SliceSeal;
import dev.tandem.foreign.Pool;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads the tokens of some slices' streams side by side: expert ids of all, then hyper-latents, then values by the
 * tables that those choose. A slice that is found damaged is left out from there on. Used again after {@link #clear};
 * for one call at a time.
 */
final class TokenDecoder implements Pool.Item {
    private static final char[] NO_ROWS = {};
    private static final int[] NO_SYMBOLS = {};

    private static final long SLICE_BYTES = 128;

    private final CodecModel model;
    private final HyperSynthesis hyper;
    private final Quantiser quantiser;
    private final Pool<TokenBuffers> pool;
    private final CRC32C crc = new CRC32C();
    private SliceStream[] slices = {};
    private int[] counts = {};
    private char[][] rows = {};
    private int[][] symbols = {};
    private int size;

    TokenDecoder(CodecModel model, HyperSynthesis hyper, Quantiser quantiser, Pool<TokenBuffers> pool) {
        this.model = model;
        this.hyper = hyper;
        this.quantiser = quantiser;
        this.pool = pool;
    }

    /** About what its arrays take; the slices' tokens are the other pool's. */
    @Override
    public long bytes() {
        return SLICE_BYTES * slices.length;
    }

    @Override
    public void free() {
        // Arrays of the heap go by themselves.
    }

    /**
     * Checks everything of a slice but its stream and takes it.
     *
     * @param place its place among the slices that the caller gave
     * @throws CorruptBitstreamException if it is damaged; it was not taken then
     */
    void open(byte[] slice, int place) {
        int end = SliceSeal.check(slice, SliceHeader.LEAST_SLICE, crc);
        if (size == slices.length) {
            grow();
        }
        SliceStream stream = slices[size];
        stream.step = model.step(SliceHeader.read(slice, stream));
        stream.slice = slice;
        stream.length = end - stream.from;
        stream.place = place;
        size++;
    }

    private void grow() {
        int more = Math.max(4, 2 * size);
        slices = Arrays.copyOf(slices, more);
        for (int s = size; s < more; s++) {
            slices[s] = new SliceStream();
        }
        counts = new int[more];
        rows = new char[more][];
        symbols = new int[more][];
    }

    /** Slices taken. */
    int taken() {
        return size;
    }

    /** Slice s; after {@link #decode} it has values or a failure. */
    SliceStream slice(int s) {
        return slices[s];
    }

    /** Lets go of the slices and gives their arrays back. */
    void clear() {
        for (int s = 0; s < size; s++) {
            pool.give(slices[s].tokens);
            slices[s].clear();
            ask(s, NO_ROWS, NO_SYMBOLS);
        }
        size = 0;
    }

    /** Decodes all that were taken. */
    void decode(RansCoder coder) {
        if (size == 0) {
            return;
        }
        try (RansCoder.Reader reader = coder.reader()) {
            open(reader);
            read(reader, 0, model.experts() - 1, "expert");
            for (int s = 0; s < size; s++) {
                if (slices[s].good()) {
                    TokenBuffers tokens = slices[s].tokens;
                    tokens.chooseZRows(model);
                    ask(s, tokens.zRows, tokens.z);
                }
            }
            read(reader, -HyperFile.MAX_INPUT, HyperFile.MAX_INPUT, "z");
            chooseRows();
            for (int s = 0; s < size; s++) {
                if (slices[s].good()) {
                    ask(s, slices[s].tokens.rows, slices[s].tokens.symbols);
                }
            }
            read(reader, Short.MIN_VALUE, Short.MAX_VALUE, "y");
            reader.finish();
            for (int s = 0; s < size; s++) {
                SliceStream slice = slices[s];
                slice.failure = slice.good() ? reader.failure(s) : slice.failure;
                slice.values = slice.good() ? values(slice.tokens, slice.step) : null;
            }
        }
    }

    private void open(RansCoder.Reader reader) {
        reader.start(size);
        for (int s = 0; s < size; s++) {
            SliceStream slice = slices[s];
            reader.open(s, slice.slice, slice.from, slice.length);
            slice.failure = reader.failure(s);
            if (slice.good()) {
                slice.tokens = pool.take(slice.count);
                ask(s, slice.tokens.expertRows, slice.tokens.experts);
            } else {
                ask(s, NO_ROWS, NO_SYMBOLS);
            }
        }
    }

    private void ask(int s, char[] rowsOfStage, int[] symbolsOfStage) {
        rows[s] = rowsOfStage;
        symbols[s] = symbolsOfStage;
        counts[s] = rowsOfStage.length;
    }

    /** One stage of all slices, each symbol within its range up to where its stream fails. */
    private void read(RansCoder.Reader reader, int least, int most, String what) {
        reader.get(counts, rows, symbols);
        for (int s = 0; s < size; s++) {
            SliceStream slice = slices[s];
            for (int i = 0; i < reader.read(s) && slice.good(); i++) {
                if (symbols[s][i] < least || symbols[s][i] > most) {
                    slice.failure = new CorruptBitstreamException("slice", SliceHeader.LEAST_BYTES,
                            what + " symbol in " + least + ".." + most, String.valueOf(symbols[s][i]));
                }
            }
            slice.failure = slice.good() ? reader.failure(s) : slice.failure;
            if (!slice.good()) {
                ask(s, NO_ROWS, NO_SYMBOLS);
            }
        }
    }

    /**
     * Of every good slice; neighbours of one operating point in one run, for which experts are read from memory once.
     * A run holds no more tokens than a picture can, so that its memory is bounded however many slices there are.
     */
    private void chooseRows() {
        for (int s = 0; s < size;) {
            int tokens = 0;
            int to = s;
            OperatingStep step = slices[s].step;
            while (to < size && slices[to].step.equals(step)
                    && tokens + slices[to].count <= SliceHeader.MAX_TOKENS) {
                tokens += slices[to].good() ? slices[to].count : 0;
                to++;
            }
            chooseRows(s, to, tokens, step);
            s = to;
        }
    }

    private void chooseRows(int from, int to, int tokens, OperatingStep step) {
        if (to - from == 1) {
            if (slices[from].good()) {
                slices[from].tokens.chooseRows(model, hyper, step);
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
            if (slices[s].good()) {
                together.putLatents(slices[s].tokens, at, model.hyperWidth());
                at += slices[s].count;
            }
        }
        together.chooseRows(model, hyper, step);
        at = 0;
        for (int s = from; s < to; s++) {
            if (slices[s].good()) {
                slices[s].tokens.needValues(model);
                together.giveRows(slices[s].tokens, at, model.tokenWidth());
                at += slices[s].count;
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
