package dev.tandem.edge.lmm;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.engine.GraphFile;
import dev.tandem.engine.Session;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.pack.LanguageSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

    static JsonNode manifest() {
        try {
            return new ObjectMapper().readTree(Files.readAllBytes(FOLDER.resolve("pack.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LanguageSpec spec() {
        return new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .convertValue(manifest().get("language"), LanguageSpec.class);
    }

    static TextTokenizer tokenizer() {
        return TextTokenizer.open(FOLDER.resolve("tokenizer.json"));
    }

    static LanguageGraphs graphs(Engine engine) {
        Session decoder = engine.open(GraphFile.of(FOLDER.resolve("decoder.onnx")));
        return new LanguageGraphs(tokenizer(), engine.open(GraphFile.of(FOLDER.resolve("embed_tokens.onnx"))),
                engine.open(GraphFile.of(FOLDER.resolve("projector.onnx"))), decoder,
                DecoderLayout.of(decoder.inputs(), decoder.outputs()));
    }

    static LanguageModel open(Engine engine, int maxTokens) {
        return open(engine, maxTokens, true);
    }

    static LanguageModel open(Engine engine, int maxTokens, boolean mayShare) {
        return new LanguageModel(spec(), graphs(engine), maxTokens, mayShare);
    }

    static TokenSet picture(int tokens, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[tokens * 384];
        for (int i = 0; i < values.length; i++)
            values[i] = (float) (random.nextDouble() * 4 - 2);
        return new TokenSet(values, tokens, 384, tokens);
    }
}
