package dev.tandem.entropy;

import java.util.List;

/**
 * Reads the tokens of some slices' streams side by side: expert ids of all, then hyper-latents, then values by the tables that those choose. A slice that is found damaged is left out from
 * there on. For one call.
 */
final class TokenDecoder {
    private final CodecModel model;
    private final List<SliceStream> slices;
    private final CorruptBitstreamException[] failures;
    private final int[] counts;
    private final char[][] rows;

    TokenDecoder(CodecModel model, List<SliceStream> slices) {
        this.model = model;
        this.slices = slices;
        failures = new CorruptBitstreamException[slices.size()];
        counts = new int[slices.size()];
        rows = new char[slices.size()][];
    }

    /** Values of each slice, null for a damaged one; {@link #failure} says why. */
    float[][] decode(RansCoder coder) {
        float[][] values = new float[slices.size()][];
        try (RansCoder.Reader reader = coder.reader()) {
            reader.start(slices.size());
            for (int s = 0; s < slices.size(); s++) {
                reader.open(s, slices.get(s).slice(), slices.get(s).from(), slices.get(s).length());
                failures[s] = reader.failure(s);
                // Row 0 throughout.
                ask(s, failures[s] == null ? new char[slices.get(s).header().count()] : new char[0]);
            }
            int[][] experts = read(reader, 0, model.experts() - 1, "expert");
            for (int s = 0; s < slices.size(); s++) {
                ask(s, zRows(experts[s]));
            }
            int[][] z = read(reader, -HyperFile.MAX_INPUT, HyperFile.MAX_INPUT, "z");
            for (int s = 0; s < slices.size(); s++) {
                if (failures[s] == null) {
                    values[s] = new float[experts[s].length * model.tokenWidth()];
                    ask(s, yRows(slices.get(s).step(), experts[s], z[s], values[s]));
                }
            }
            int[][] symbols = read(reader, Short.MIN_VALUE, Short.MAX_VALUE, "y");
            reader.finish();
            for (int s = 0; s < slices.size(); s++) {
                failures[s] = failures[s] == null ? reader.failure(s) : failures[s];
                values[s] = failures[s] == null ? sums(symbols[s], slices.get(s).step(), values[s]) : null;
            }
        }
        return values;
    }

    /** Why slice s is damaged; null for a good one. */
    CorruptBitstreamException failure(int s) {
        return failures[s];
    }

    private void ask(int s, char[] rowsOfStage) {
        rows[s] = rowsOfStage;
        counts[s] = rowsOfStage.length;
    }

    /** One stage of all slices, each symbol within its range up to where its stream fails. */
    private int[][] read(RansCoder.Reader reader, int least, int most, String what) {
        int[][] symbols = new int[slices.size()][];
        for (int s = 0; s < symbols.length; s++) {
            symbols[s] = new int[counts[s]];
        }
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
                ask(s, new char[0]);
                symbols[s] = new int[0];
            }
        }
        return symbols;
    }

    private char[] zRows(int[] experts) {
        char[] of = new char[experts.length * model.hyperWidth()];
        for (int i = 0; i < of.length; i++) {
            of[i] = (char) model.zRow(experts[i / model.hyperWidth()], i % model.hyperWidth());
        }
        return of;
    }

    /** Rows of the values; the means go where the values will be. */
    private char[] yRows(OperatingStep step, int[] experts, int[] z, float[] means) {
        TokenScales scales = new TokenScales(model, step);
        int width = model.tokenWidth();
        char[] of = new char[means.length];
        for (int t = 0; t < experts.length; t++) {
            scales.run(experts[t], z, t * model.hyperWidth());
            for (int k = 0; k < width; k++) {
                means[t * width + k] = scales.mean(k);
                of[t * width + k] = (char) scales.row(k);
            }
        }
        return of;
    }

    private static float[] sums(int[] symbols, OperatingStep step, float[] means) {
        for (int i = 0; i < means.length; i++) {
            means[i] = symbols[i] * step.step() + means[i];
        }
        return means;
    }
}
