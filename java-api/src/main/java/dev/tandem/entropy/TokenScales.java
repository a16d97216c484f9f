package dev.tandem.entropy;

import java.util.Arrays;

/**
 * Means and table rows of the values of some tokens at one operating point.
 *
 * @param means [tokens, tokenWidth] in units of 2^-meanFractionBits
 * @param rows [tokens, tokenWidth] rows of the tables
 */
record TokenScales(short[] means, char[] rows) {
    /** Runs the hyper-synthesis over all tokens at once. */
    static TokenScales of(CodecModel model, OperatingStep step, int[] experts, int[] z) {
        int values = experts.length * model.tokenWidth();
        TokenScales scales = new TokenScales(new short[values], new char[values]);
        model.hyper().scales(experts, z, step.scaleShift(), model.yRow(0), scales.means, scales.rows);
        return scales;
    }

    /** A copy of values [from, to). */
    TokenScales part(int from, int to) {
        return new TokenScales(Arrays.copyOfRange(means, from, to), Arrays.copyOfRange(rows, from, to));
    }
}
