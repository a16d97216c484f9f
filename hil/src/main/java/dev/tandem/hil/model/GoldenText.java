package dev.tandem.hil.model;

import dev.tandem.edge.lmm.Answer;
import dev.tandem.edge.lmm.Finish;
import dev.tandem.edge.lmm.LanguageModel;
import dev.tandem.edge.lmm.Prefix;
import dev.tandem.edge.lmm.Sampling;
import dev.tandem.engine.Engine;
import dev.tandem.method.GoldenReplay;
import dev.tandem.pack.GoldenVector;
import dev.tandem.pack.Pack;
import java.util.ArrayList;
import java.util.List;

/** The golden vectors of kind {@code text}: a question without a picture and its greedy answer, token for token. */
final class GoldenText {

    private GoldenText() {
    }

    static List<GoldenReplay.Result> run(Pack pack, Engine engine) {
        List<GoldenVector.OfText> vectors = pack.manifest().golden().stream()
                .filter(GoldenVector.OfText.class::isInstance).map(GoldenVector.OfText.class::cast).toList();
        List<GoldenReplay.Result> results = new ArrayList<>();
        if (vectors.isEmpty()) {
            return results;
        }
        try (LanguageModel model = LanguageModel.open(pack, engine); Prefix prefix = model.prefill(null)) {
            for (GoldenVector.OfText vector : vectors) {
                Answer answer = model.generate(prefix, vector.prompt(), Sampling.greedy(vector.ids().size() + 1),
                        words -> {
                        }, () -> false);
                results.add(compare(vector, answer, pack.manifest().language().stopTokens()));
            }
        }
        return results;
    }

    private static GoldenReplay.Result compare(GoldenVector.OfText vector, Answer answer, List<Integer> stopTokens) {
        List<Integer> ids = new ArrayList<>(java.util.Arrays.stream(answer.ids()).boxed().toList());
        // An answer does not hold the stop token that ended it; a recording that was not cut does.
        if (answer.finish() == Finish.STOP_TOKEN && stopTokens.contains(vector.ids().getLast())) {
            ids.add(vector.ids().getLast());
        }
        // A recording that was cut at its length has no stop token behind it: the one token more is not compared.
        while (ids.size() > vector.ids().size()) {
            ids.removeLast();
        }
        long wrong = java.util.stream.IntStream.range(0, vector.ids().size())
                .filter(i -> i >= ids.size() || !ids.get(i).equals(vector.ids().get(i))).count();
        double share = (double) wrong / Math.max(1, vector.ids().size());
        String remark = wrong == 0
                ? "%d tokens alike".formatted(vector.ids().size())
                : "%d of %d tokens differ [%s], recorded: %s".formatted(wrong, vector.ids().size(), answer.text(),
                        vector.text());
        return new GoldenReplay.Result("text", vector.prompt(), wrong, share, 0, wrong == 0, remark);
    }
}
