package dev.tandem.edge.lmm;

import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.PackHeads;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.pack.Pack;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** The pack of random weights in models/tiny-vqa. Its words mean nothing, but they are always the same. */
final class TinyModel {
    static final Path FOLDER = Path.of("..", "models", "tiny-vqa");

    private TinyModel() {
    }

    static Engine engine() {
        return Engines.select(Engines.AUTO).create(EngineSettings.defaults().withThreads(1));
    }

    static LanguageSection section() {
        return PackHeads.of(Pack.open(FOLDER)).all().stream().filter(LanguageSection.class::isInstance)
                .map(LanguageSection.class::cast).findFirst().orElseThrow();
    }

    static LanguageSettings spec() {
        return section().settings();
    }

    static MemoryAccount memory() {
        return new MemoryAccount("test", 1 << 30);
    }

    static TextTokenizer tokenizer() {
        return TextTokenizer.open(FOLDER.resolve("tokenizer.json"));
    }

    static LanguageGraphs graphs(Engine engine) {
        return LanguageGraphs.open(section().pack(), spec(), engine);
    }

    static LanguageModel open(Engine engine, int maxTokens) {
        return open(engine, maxTokens, true);
    }

    static LanguageModel open(Engine engine, int maxTokens, boolean mayShare) {
        return LanguageModel.of(spec(), graphs(engine), memory(), maxTokens, mayShare);
    }

    static TokenSet picture(int tokens, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[tokens * 384];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextDouble() * 4 - 2);
        }
        return new TokenSet(values, tokens, 384, tokens);
    }
}
