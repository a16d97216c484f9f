package dev.tandem.entropy;

import java.util.List;
import java.util.stream.IntStream;

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
            TokenScales[] scales = scales(experts, z);
            for (int s = 0; s < slices.size(); s++) {
                ask(s, failures[s] == null ? scales[s].rows() : new char[0]);
            }
            int[][] symbols = read(reader, Short.MIN_VALUE, Short.MAX_VALUE, "y");
            reader.finish();
            for (int s = 0; s < slices.size(); s++) {
                failures[s] = failures[s] == null ? reader.failure(s) : failures[s];
                values[s] = failures[s] == null ? values(symbols[s], slices.get(s).step(), scales[s]) : null;
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

    /** Of each slice, the good ones of one operating point in one run; null for a damaged one. */
    private TokenScales[] scales(int[][] experts, int[][] z) {
        TokenScales[] all = new TokenScales[slices.size()];
        for (OperatingStep step : slices.stream().map(SliceStream::step).distinct().toList()) {
            int[] of = IntStream.range(0, all.length)
                    .filter(s -> failures[s] == null && slices.get(s).step().equals(step)).toArray();
            TokenScales together = TokenScales.of(model, step,
                    IntStream.of(of).flatMap(s -> IntStream.of(experts[s])).toArray(),
                    IntStream.of(of).flatMap(s -> IntStream.of(z[s])).toArray());
            int from = 0;
            for (int s : of) {
                int to = from + experts[s].length * model.tokenWidth();
                all[s] = of.length == 1 ? together : together.part(from, to);
                from = to;
            }
        }
        return all;
    }

    private float[] values(int[] symbols, OperatingStep step, TokenScales scales) {
        float[] values = new float[symbols.length];
        Quantiser.best().dequantise(symbols, scales.means(), model.hyper().meanFractionBits(), step.step(), values);
        return values;
    }
}
