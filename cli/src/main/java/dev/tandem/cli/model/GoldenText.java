package dev.tandem.cli.model;

import dev.tandem.edge.lmm.GoldenAnswer;
import dev.tandem.edge.lmm.LanguageModel;
import dev.tandem.edge.lmm.Prefix;
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
                results.add(result(
                        GoldenAnswer.ask(model, prefix, vector, pack.manifest().language().stopTokens())));
            }
        }
        return results;
    }

    private static GoldenReplay.Result result(GoldenAnswer found) {
        GoldenVector.OfText vector = found.recorded();
        int wrong = found.wrong();
        double share = (double) wrong / Math.max(1, vector.ids().size());
        String remark = wrong == 0
                ? "%d tokens alike".formatted(vector.ids().size())
                : "%d of %d tokens differ [%s], recorded: %s".formatted(wrong, vector.ids().size(), found.text(),
                        vector.text());
        return new GoldenReplay.Result("text", vector.prompt(), wrong, share, 0, wrong == 0, remark);
    }
}
