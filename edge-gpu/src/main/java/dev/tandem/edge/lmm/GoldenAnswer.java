package dev.tandem.edge.lmm;

import dev.tandem.method.GoldenResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A golden question asked again, beside what was recorded (docs/pack.md section 6, {@code text}).
 *
 * @param recorded the pack's vector
 * @param ids      token ids found, the stop token included where the recording ends with one and so did the answer; no
 *                 more than were recorded
 * @param text     the answer found
 */
public record GoldenAnswer(LanguageSettings.Golden recorded, List<Integer> ids, String text) {
    static final String KIND = "text";

    public GoldenAnswer {
        ids = List.copyOf(ids);
    }

    /** Asks greedily on the thread that owns the model; the prefix is the text-only one. */
    public static GoldenAnswer ask(LanguageModel model, Prefix prefix, LanguageSettings.Golden vector,
            List<Integer> stopTokens) {
        int length = vector.ids().size();
        Generated answer = model.generate(prefix, vector.prompt(), Sampling.greedy(length + 1), words -> {
        }, () -> false);
        List<Integer> found = new ArrayList<>(Arrays.stream(answer.ids()).boxed().toList());
        // An answer does not hold the stop token that ended it; a recording that was not cut does.
        if (length > 0 && answer.finish() == Finish.STOP_TOKEN && stopTokens.contains(vector.ids().getLast())) {
            found.add(vector.ids().getLast());
        }
        return new GoldenAnswer(vector, found.subList(0, Math.min(length, found.size())), answer.text());
    }

    /** As {@link #ask}; a vector that cannot be asked gives a failed result, not an exception. */
    static GoldenResult replay(LanguageModel model, Prefix prefix, LanguageSettings.Golden vector,
            List<Integer> stopTokens) {
        try {
            return ask(model, prefix, vector, stopTokens).result();
        } catch (RuntimeException e) {
            return GoldenResult.failed(KIND, vector.prompt(), String.valueOf(e.getMessage()));
        }
    }

    /** Recorded tokens that came out otherwise or not at all. */
    public int wrong() {
        return (int) IntStream.range(0, recorded.ids().size())
                .filter(i -> i >= ids.size() || !ids.get(i).equals(recorded.ids().get(i))).count();
    }

    /** For a report. */
    GoldenResult result() {
        int all = recorded.ids().size();
        String remark = wrong() == 0
                ? all + " tokens alike"
                : wrong() + " of " + all + " tokens differ [" + text + "], recorded: " + recorded.text();
        return new GoldenResult(KIND, recorded.prompt(), wrong(), (double) wrong() / Math.max(1, all), 0, wrong() == 0,
                remark);
    }
}
