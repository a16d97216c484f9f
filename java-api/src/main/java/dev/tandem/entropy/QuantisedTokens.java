package dev.tandem.entropy;

/**
 * Tokens of one picture as the integers that the coder sees: per token its expert and hyper-latent, per value its symbol and table row (docs/bitstream.md, section 6).
 *
 * @param experts [count]
 * @param z [count, hyperWidth], within [-127, 127]
 * @param symbols [count, tokenWidth], each an int16
 * @param zRows [count, hyperWidth] rows of the tables
 * @param rows [count, tokenWidth] likewise, of the values
 */
record QuantisedTokens(CodecModel model, int count, int[] experts, int[] z, int[] symbols, char[] zRows, char[] rows) {
    static QuantisedTokens of(CodecModel model, TokenLatents latents, OperatingStep step) {
        check(model, latents);
        int count = latents.count();
        int width = latents.width();
        int[] z = new int[latents.z().length];
        char[] zRows = new char[z.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = Math.clamp(latents.z()[i], -HyperFile.MAX_INPUT, HyperFile.MAX_INPUT);
            zRows[i] = (char) model.zRow(latents.experts()[i / model.hyperWidth()], i % model.hyperWidth());
        }
        TokenScales scales = TokenScales.of(model, step, latents.experts(), z);
        int[] symbols = new int[count * width];
        int wrong = Quantiser.best().quantise(latents.tokens(), scales.means(), model.hyper().meanFractionBits(),
                step.step(), symbols);
        if (wrong >= 0) {
            throw new IllegalArgumentException("token [" + wrong / width + "] value [" + wrong % width + "] is ["
                    + latents.tokens()[wrong] + "]; only finite values can be coded");
        }
        return new QuantisedTokens(model, count, latents.experts(), z, symbols, zRows, scales.rows());
    }

    private static void check(CodecModel model, TokenLatents latents) {
        if (latents.width() != model.tokenWidth() || latents.z().length != latents.count() * model.hyperWidth()) {
            throw new IllegalArgumentException("latents are [" + latents.count() + ", " + latents.width() + "] with ["
                    + latents.z().length + "] z symbols; the model codes tokens of width ["
                    + model.tokenWidth() + "] with [" + model.hyperWidth() + "] each");
        }
        for (int t = 0; t < latents.count(); t++) {
            int expert = latents.experts()[t];
            if (expert < 0 || expert >= model.experts()) {
                throw new IllegalArgumentException(
                        "token [" + t + "] names expert [" + expert + "]; the model has 0.." + (model.experts() - 1));
            }
        }
    }

    /** One stream for tokens [from, to): their expert ids, then their z, then their y. */
    byte[] stream(RansCoder.Writer writer, int from, int to) {
        int hyperWidth = model.hyperWidth();
        int width = model.tokenWidth();
        writer.put(new char[to - from], 0, experts, from, to - from); // row 0 throughout
        writer.put(zRows, from * hyperWidth, z, from * hyperWidth, (to - from) * hyperWidth);
        writer.put(rows, from * width, symbols, from * width, (to - from) * width);
        return writer.finish();
    }

    /** Ideal code length of one token. */
    CodeLength codeLength(int t) {
        CdfTables tables = model.tables();
        double zBits = 0;
        for (int c = 0; c < model.hyperWidth(); c++) {
            zBits += IdealBits.of(tables, model.zRow(experts[t], c), z[t * model.hyperWidth() + c]);
        }
        double yBits = 0;
        for (int i = t * model.tokenWidth(); i < (t + 1) * model.tokenWidth(); i++) {
            yBits += IdealBits.of(tables, rows[i], symbols[i]);
        }
        return new CodeLength(IdealBits.of(tables, CodecModel.EXPERT_ROW, experts[t]), zBits, yBits);
    }
}
