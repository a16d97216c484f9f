package dev.tandem.method.patches;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.pack.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The knobs of a point as a manifest has them (docs/pack.md section 4); null where it is silent. */
record PatchFields(double eta, String doubt, String scores, String rule, Double amount, String code, int quality,
        double step, int scaleShift, Integer guess, double fuse) {

    static PatchKnobs read(String where, ObjectNode object, Checks checks) {
        PatchFields fields = checks.read(where, object, PatchFields.class);
        Doubt doubt = word(checks, where + ".doubt", fields.doubt, Doubt.values(), Doubt::word, Doubt.MIN_ENTROPY);
        checks.real(where + ".eta", fields.eta, 0, doubt.mostEta());
        Rule rule = word(checks, where + ".rule", fields.rule, Rule.values(), Rule::word, Rule.SUM);
        checks.present(where + ".amount", fields.amount);
        if (rule.counts()) {
            checks.real(where + ".amount", fields.amount, 1, PatchGrid.MOST_PATCHES);
        } else {
            checks.real(where + ".amount", fields.amount, 0, 1);
        }
        if (rule.counts() && fields.amount != Math.rint(fields.amount)) {
            throw checks.field(where + ".amount", fields.amount, "a whole number of patches");
        }
        Code code = word(checks, where + ".code", fields.code, Code.values(), Code::word, null);
        checks.range(where + ".quality", fields.quality, code == Code.JPEG ? 1 : 0, code == Code.JPEG ? 100 : 0);
        boolean steps = code == Code.TRANSFORM;
        checks.real(where + ".step", fields.step, steps ? PatchKnobs.LEAST_STEP : 0,
                steps ? PatchKnobs.MOST_STEP : 0);
        checks.range(where + ".scaleShift", fields.scaleShift, steps ? Short.MIN_VALUE : 0,
                steps ? Short.MAX_VALUE : 0);
        int guess = fields.guess == null ? PatchKnobs.MOST_GUESSES : fields.guess;
        checks.range(where + ".guess", guess, 0, PatchKnobs.MOST_GUESSES);
        checks.real(where + ".fuse", fields.fuse, 0, guess == 0 ? 0 : 1);
        Scores scores = word(checks, where + ".scores", fields.scores, Scores.values(), Scores::word,
                Scores.ATTENTION);
        return new PatchKnobs(fields.eta, doubt, scores, rule, fields.amount, code, fields.quality, fields.step,
                fields.scaleShift, guess, fields.fuse);
    }

    /** As a manifest says it; what is as usual is left out. */
    static ObjectNode write(PatchKnobs knobs) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("eta", knobs.eta());
        if (knobs.doubt() != Doubt.MIN_ENTROPY) {
            node.put("doubt", knobs.doubt().word());
        }
        if (knobs.scores() != Scores.ATTENTION) {
            node.put("scores", knobs.scores().word());
        }
        if (knobs.rule() != Rule.SUM) {
            node.put("rule", knobs.rule().word());
        }
        node.put("amount", knobs.amount()).put("code", knobs.code().word());
        if (knobs.code() == Code.JPEG) {
            node.put("quality", knobs.quality());
        }
        if (knobs.code() == Code.TRANSFORM) {
            node.put("step", knobs.step()).put("scaleShift", knobs.scaleShift());
        }
        if (knobs.guess() != PatchKnobs.MOST_GUESSES) {
            node.put("guess", knobs.guess());
        }
        if (knobs.fuse() > 0) {
            node.put("fuse", knobs.fuse());
        }
        return node;
    }

    /** The value of that word; {@code silent} for no word at all, unless that is null. */
    private static <T> T word(Checks checks, String field, String found, T[] values, Function<T, String> words,
            T silent) {
        if (found == null && silent != null) {
            return silent;
        }
        List<String> known = Arrays.stream(values).map(words).toList();
        if (!known.contains(String.valueOf(found))) {
            throw checks.field(field, found, "one of " + known);
        }
        return values[known.indexOf(found)];
    }
}
