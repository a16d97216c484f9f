package dev.tandem.edge.lmm;

import dev.tandem.method.GoldenResult;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Host;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.pack.Pack;
import dev.tandem.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A language head of one pack, its settings checked, nothing opened. Immutable; any thread. */
public final class LanguageSection implements HeadSection<TokenSet> {
    private final String name;
    private final LanguageSettings settings;
    private final Pack pack;

    LanguageSection(String name, LanguageSettings settings, Pack pack) {
        this.name = name;
        this.settings = settings;
        this.pack = pack;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Class<TokenSet> reads() {
        return TokenSet.class;
    }

    @Override
    public Set<Class<? extends Task>> answers() {
        return Set.of(Task.Question.class);
    }

    /** The checked settings. */
    public LanguageSettings settings() {
        return settings;
    }

    Pack pack() {
        return pack;
    }

    @Override
    public LanguageHead open(Host host, HeadLimits limits) {
        return new LanguageHead(LanguageModel.open(this, host, limits.contextTokens()), limits.answerTokens());
    }

    @Override
    public List<GoldenResult> replay(Host host) {
        List<GoldenResult> results = new ArrayList<>();
        if (settings.golden().isEmpty()) {
            return results;
        }
        try (LanguageModel model = LanguageModel.open(this, host, HeadLimits.defaults().contextTokens());
                Prefix prefix = model.prefill(null)) {
            for (LanguageSettings.Golden vector : settings.golden()) {
                results.add(GoldenAnswer.replay(model, prefix, vector, settings.stopTokens()));
            }
        } catch (RuntimeException e) {
            results.add(GoldenResult.failed(GoldenAnswer.KIND, name, String.valueOf(e.getMessage())));
        }
        return results;
    }
}
