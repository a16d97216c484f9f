package dev.tandem.edge.lmm;

import dev.tandem.engine.Engine;
import dev.tandem.method.tokens.TokenSet;
import java.lang.foreign.Arena;

/** Reads a whole prompt without a prefix, in one run of the decoder: what the model's shortcuts are compared with. */
final class WholePrompt implements AutoCloseable {
    private final LanguageSettings spec = TinyModel.spec();
    private final Arena arena = Arena.ofConfined();
    private final LanguageGraphs graphs;
    private final KvCache first;
    private final KvCache second;
    private final PromptEmbedder prompt;
    private final Decoder decoder;

    WholePrompt(Engine engine, int maxTokens) {
        graphs = TinyModel.graphs(engine);
        first = KvCache.allocate(arena, graphs.layout(), maxTokens);
        second = KvCache.allocate(arena, graphs.layout(), maxTokens);
        prompt = new PromptEmbedder(graphs.embedTokens(), graphs.projector(), graphs.layout(), arena, maxTokens);
        decoder = new Decoder(graphs.decoder(), graphs.layout(), arena, first, maxTokens);
    }

    float[] logits(TokenSet picture, String question) {
        return logitsInChunks(picture, question, Integer.MAX_VALUE);
    }

    float[] logitsInChunks(TokenSet picture, String question, int chunk) {
        TextTokenizer tokenizer = graphs.tokenizer();
        prompt.clear().text(tokenizer.encode(spec.prefix()));
        if (picture != null) {
            prompt.picture(picture).text(tokenizer.encode(spec.separator()));
        }
        prompt.text(tokenizer.encode(question)).text(tokenizer.encode(spec.suffix()));
        Context context = new Context(decoder, prompt, first, second, chunk);
        context.prefill(() -> false);
        return context.logits().clone();
    }

    int length() {
        return prompt.length();
    }

    @Override
    public void close() {
        decoder.close();
        prompt.close();
        graphs.close();
        arena.close();
    }
}
