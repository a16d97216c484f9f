package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.IdealLength;
import dev.tandem.entropy.RansCoder;

/**
 * Tokens of one picture as the integers that the coder sees: per token its expert and hyper-latent, within [-127, 127],
 * per value its symbol, an int16, and table row (docs/bitstream.md, section 6).
 */
record QuantisedTokens(CodecModel model, TokenBuffers tokens) {
    /** Fills tokens, which has the latents' count. */
    static QuantisedTokens of(CodecModel model, HyperSynthesis hyper, Quantiser quantiser, TokenLatents latents,
            OperatingStep step,
            TokenBuffers tokens) {
        check(model, latents);
        int width = latents.width();
        tokens.needLatents(model);
        System.arraycopy(latents.experts(), 0, tokens.experts, 0, latents.count());
        for (int i = 0; i < tokens.z.length; i++) {
            tokens.z[i] = Math.clamp(latents.z()[i], -HyperFile.MAX_INPUT, HyperFile.MAX_INPUT);
        }
        tokens.chooseZRows(model);
        tokens.chooseRows(model, hyper, step);
        int wrong = quantiser.quantise(latents.values(), model.hyper().meanFractionBits(), step.step(), tokens);
        if (wrong >= 0) {
            throw new IllegalArgumentException("token [" + wrong / width + "] value [" + wrong % width + "] is ["
                    + latents.value(wrong) + "]; only finite values can be coded");
        }
        if (tokens.quantised == null) {
            tokens.quantised = new QuantisedTokens(model, tokens);
        }
        return tokens.quantised;
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

    /** Tokens. */
    int count() {
        return tokens.tokens();
    }

    /** One stream for tokens [from, to): their expert ids, then their z, then their y; with free bytes around it. */
    byte[] stream(RansCoder.Writer writer, int from, int to, int before, int after) {
        int hyperWidth = model.hyperWidth();
        int width = model.tokenWidth();
        writer.put(tokens.expertRows, from, tokens.experts, from, to - from);
        writer.put(tokens.zRows, from * hyperWidth, tokens.z, from * hyperWidth, (to - from) * hyperWidth);
        writer.put(tokens.rows, from * width, tokens.symbols, from * width, (to - from) * width);
        return writer.finish(before, after);
    }

    /** Ideal code length of one token. */
    CodeLength codeLength(int t) {
        CdfTables tables = model.tables();
        return new CodeLength(IdealLength.bits(tables, CodecModel.EXPERT_ROW, tokens.experts[t]), zBits(t), yBits(t));
    }

    /** {@link CodeLength#totalBits()} of {@link #codeLength}, without the object. */
    double bits(int t) {
        return IdealLength.bits(model.tables(), CodecModel.EXPERT_ROW, tokens.experts[t]) + zBits(t) + yBits(t);
    }

    private double zBits(int t) {
        double bits = 0;
        for (int i = t * model.hyperWidth(); i < (t + 1) * model.hyperWidth(); i++) {
            bits += IdealLength.bits(model.tables(), tokens.zRows[i], tokens.z[i]);
        }
        return bits;
    }

    private double yBits(int t) {
        double bits = 0;
        for (int i = t * model.tokenWidth(); i < (t + 1) * model.tokenWidth(); i++) {
            bits += IdealLength.bits(model.tables(), tokens.rows[i], tokens.symbols[i]);
        }
        return bits;
    }
}
