package dev.tandem.method.patches;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ad hoc names of points (docs/pack.md section 4): one name a point, one point a name. */
final class PatchForm {
    static final List<String> EXAMPLES = List.of("patches-e0.8-sum0.97-jpeg-q30", "patches-e0-top100-rgb",
            "patches-e0.5-margin-sum-over0.9-rollout-transform-s24-x-39-g1-f0.3");
    private static final String NUMBER = "((?:0|[1-9]\\d{0,3})(?:\\.\\d{0,5}[1-9])?)";
    private static final Pattern FORM = Pattern.compile("patches-e" + NUMBER
            + "(?:-(?<doubt>shannon|margin))?-(?<rule>sum|sum-over|top|threshold|random)" + NUMBER
            + "(?:-(?<scores>rollout))?-(?<code>rgb|jpeg|transform)(?:-q(?<quality>[1-9]\\d?|100))?"
            + "(?:-s(?<step>(?:0|[1-9]\\d{0,3})(?:\\.\\d{0,5}[1-9])?)(?:-x(?<shift>-?[1-9]\\d{0,4}))?)?"
            + "(?:-g(?<guess>[0-4]))?(?:-f(?<fuse>1|0\\.\\d{0,5}[1-9]))?");

    private PatchForm() {
    }

    /** The knobs that a name spells; empty for a name that is none. */
    static Optional<PatchKnobs> read(String name) {
        Matcher form = FORM.matcher(name);
        if (!form.matches()) {
            return Optional.empty();
        }
        Doubt doubt = value(form.group("doubt"), Doubt.values(), Doubt::word, Doubt.MIN_ENTROPY);
        Rule rule = value(form.group("rule"), Rule.values(), Rule::word, Rule.SUM);
        Code code = value(form.group("code"), Code.values(), Code::word, Code.RGB);
        PatchKnobs knobs = new PatchKnobs(number(form.group(1)), doubt,
                value(form.group("scores"), Scores.values(), Scores::word, Scores.ATTENTION), rule,
                number(form.group(4)), code, (int) number(form.group("quality")), number(form.group("step")),
                (int) number(form.group("shift")),
                form.group("guess") == null ? PatchKnobs.MOST_GUESSES : (int) number(form.group("guess")),
                number(form.group("fuse")));
        return fits(knobs, form) ? Optional.of(knobs) : Optional.empty();
    }

    private static boolean fits(PatchKnobs knobs, Matcher form) {
        boolean amount = knobs.rule().counts()
                ? knobs.amount() == Math.rint(knobs.amount()) && knobs.amount() >= 1
                        && knobs.amount() <= PatchGrid.MOST_PATCHES
                : knobs.amount() <= 1;
        boolean steps = knobs.step() >= PatchKnobs.LEAST_STEP && knobs.step() <= PatchKnobs.MOST_STEP;
        return amount && knobs.eta() <= knobs.doubt().mostEta()
                && (knobs.code() == Code.JPEG) == (form.group("quality") != null)
                && (knobs.code() == Code.TRANSFORM) == (form.group("step") != null)
                && (knobs.code() != Code.TRANSFORM || steps)
                && knobs.scaleShift() >= Short.MIN_VALUE && knobs.scaleShift() <= Short.MAX_VALUE
                && (knobs.fuse() == 0 || knobs.guess() > 0);
    }

    private static double number(String digits) {
        return digits == null ? 0 : Double.parseDouble(digits);
    }

    private static <T> T value(String word, T[] values, Function<T, String> words, T silent) {
        return Arrays.stream(values).filter(one -> words.apply(one).equals(word)).findFirst().orElse(silent);
    }
}
