package dev.tandem.entropy;

/** Reads the tokens of one slice's stream: expert ids, then hyper-latents, then values by the tables that those choose. One thread at a time. */
final class TokenDecoder {
    private final CodecModel model;
    private final OperatingStep step;

    TokenDecoder(CodecModel model, OperatingStep step) {
        this.model = model;
        this.step = step;
    }

    float[] decode(RansDecoder decoder, int count) {
        int[] experts = new int[count];
        for (int t = 0; t < count; t++) {
            experts[t] = bounded(decoder.get(model.tables(), CodecModel.EXPERT_ROW), 0, model.experts() - 1, "expert");
        }
        int hyperWidth = model.hyperWidth();
        int[] z = new int[count * hyperWidth];
        for (int i = 0; i < z.length; i++) {
            int row = model.zRow(experts[i / hyperWidth], i % hyperWidth);
            z[i] = bounded(decoder.get(model.tables(), row), -HyperFile.MAX_INPUT, HyperFile.MAX_INPUT, "z");
        }
        int width = model.tokenWidth();
        float[] values = new float[count * width];
        TokenScales scales = new TokenScales(model, step);
        for (int t = 0; t < count; t++) {
            scales.run(experts[t], z, t * hyperWidth);
            for (int k = 0; k < width; k++) {
                int symbol = bounded(decoder.get(model.tables(), scales.row(k)), Short.MIN_VALUE, Short.MAX_VALUE, "y");
                values[t * width + k] = symbol * step.step() + scales.mean(k);
            }
        }
        decoder.finish();
        return values;
    }

    private static int bounded(int symbol, int least, int most, String what) {
        if (symbol < least || symbol > most) {
            throw new CorruptBitstreamException("slice", SliceHeader.LEAST_BYTES,
                    what + " symbol in " + least + ".." + most, String.valueOf(symbol));
        }
        return symbol;
    }
}
