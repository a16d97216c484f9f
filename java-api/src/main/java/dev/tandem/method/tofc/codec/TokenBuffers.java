package dev.tandem.method.tofc.codec;

import dev.tandem.foreign.Pool;
import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;

/**
 * The arrays that the codec needs for some number of tokens, each of exactly their size; kept by a pool by their
 * number, so that coding and reading a picture allocates little more than its result. A damaged slice may claim many
 * tokens, so the larger arrays are made when those before them were read. For one call at a time; what they hold at
 * first is left from another.
 */
final class TokenBuffers implements Pool.Item {
    /** [tokens] expert ids, and the row that models them. */
    final int[] experts;
    final char[] expertRows;
    /** [tokens, hyperWidth] hyper-latents and their rows. */
    int[] z;
    char[] zRows;
    /** [tokens, tokenWidth] means in units of 2^-meanFractionBits, rows and symbols of the values. */
    short[] means;
    char[] rows;
    int[] symbols;
    /** Views of means and symbols for native calls. */
    MemorySegment meansView;
    MemorySegment symbolsView;
    /** Where an encoder cuts them, and how it sees them. */
    final SliceCut cut;
    QuantisedTokens quantised;
    /** For the check sums of their slices. */
    final CRC32C crc = new CRC32C();

    TokenBuffers(int tokens) {
        experts = new int[tokens];
        expertRows = new char[tokens];
        cut = new SliceCut(tokens);
    }

    int tokens() {
        return experts.length;
    }

    @Override
    public int size() {
        return experts.length;
    }

    @Override
    public void free() {
        // Arrays of the heap go by themselves.
    }

    /** About what they take. */
    @Override
    public long bytes() {
        return 18L * experts.length + (z == null ? 0 : 6L * z.length) + (means == null ? 0 : 8L * means.length);
    }

    /** Room for hyper-latents. */
    void needLatents(CodecModel model) {
        if (z == null) {
            z = new int[Math.multiplyExact(experts.length, model.hyperWidth())];
            zRows = new char[z.length];
        }
    }

    /** Rows of the hyper-latents, from the experts. */
    void chooseZRows(CodecModel model) {
        needLatents(model);
        int width = model.hyperWidth();
        for (int t = 0; t < experts.length; t++) {
            for (int c = 0; c < width; c++) {
                zRows[t * width + c] = (char) model.zRow(experts[t], c);
            }
        }
    }

    /** Room for values. */
    void needValues(CodecModel model) {
        if (means == null) {
            means = new short[Math.multiplyExact(experts.length, model.tokenWidth())];
            rows = new char[means.length];
            symbols = new int[means.length];
            meansView = MemorySegment.ofArray(means);
            symbolsView = MemorySegment.ofArray(symbols);
        }
    }

    /**
     * Means and rows of the values, from the experts and hyper-latents: the hyper-synthesis over all tokens at once.
     */
    void chooseRows(CodecModel model, HyperSynthesis hyper, OperatingStep step) {
        needValues(model);
        hyper.scales(experts, z, step.scaleShift(), model.yRow(0), means, rows);
    }

    /** Takes over experts and hyper-latents of other tokens as tokens [at, at + part.tokens()). */
    void putLatents(TokenBuffers part, int at, int hyperWidth) {
        System.arraycopy(part.experts, 0, experts, at, part.experts.length);
        System.arraycopy(part.z, 0, z, at * hyperWidth, part.z.length);
    }

    /** Gives means and rows of tokens [at, at + part.tokens()) to others. */
    void giveRows(TokenBuffers part, int at, int tokenWidth) {
        System.arraycopy(means, at * tokenWidth, part.means, 0, part.means.length);
        System.arraycopy(rows, at * tokenWidth, part.rows, 0, part.rows.length);
    }
}
