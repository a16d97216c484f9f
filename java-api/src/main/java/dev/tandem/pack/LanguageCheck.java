package dev.tandem.pack;

import static dev.tandem.tensor.DType.FLOAT32;
import static dev.tandem.tensor.DType.INT64;

import java.util.HashSet;
import java.util.Set;

/** The language section, and the three graphs that it needs (docs/pack.md sections 2 and 5). */
final class LanguageCheck {
    private static final String DECODER = "decoder";
    private final Refusals refusals;
    private final Manifest manifest;
    private final LanguageSpec language;
    private final GraphCheck graphs;

    LanguageCheck(Refusals refusals, Manifest manifest, GraphCheck graphs) {
        this.refusals = refusals;
        this.manifest = manifest;
        this.language = manifest.language();
        this.graphs = graphs;
    }

    void run(long tokenWidth) {
        sizes();
        graphs.inputs("projector", Set.of("tokens"), Set.of());
        graphs.input("projector", "tokens", new ShapeRule(FLOAT32, 1, -1, tokenWidth));
        graphs.output("projector", "image_features", new ShapeRule(FLOAT32, 1, -1, language.hidden()));
        graphs.inputs("embed_tokens", Set.of("input_ids"), Set.of());
        graphs.input("embed_tokens", "input_ids", new ShapeRule(INT64, 1, -1));
        graphs.output("embed_tokens", "inputs_embeds", new ShapeRule(FLOAT32, 1, -1, language.hidden()));
        decoder();
    }

    private void sizes() {
        ManifestCheck.listed(refusals, manifest, "language.tokenizer", language.tokenizer());
        refusals.text("language.prefix", language.prefix(), 0, 4000);
        refusals.text("language.suffix", language.suffix(), 0, 4000);
        refusals.text("language.separator", language.separator(), 0, 4000);
        refusals.range("language.layers", language.layers(), 1, 256);
        refusals.range("language.kvHeads", language.kvHeads(), 1, 1024);
        refusals.range("language.headWidth", language.headWidth(), 1, 4096);
        refusals.range("language.hidden", language.hidden(), 1, 65536);
        refusals.range("language.vocabulary", language.vocabulary(), 1, 1 << 24);
        refusals.range("language.maxTokens", language.maxTokens(), 1, 1 << 24);
        refusals.count("language.stopTokens", language.stopTokens().size(), 1, 64);
        language.stopTokens().forEach(t -> refusals.range("language.stopTokens", t, 0, language.vocabulary() - 1L));
    }

    private void decoder() {
        Set<String> needed = new HashSet<>(Set.of("inputs_embeds", "attention_mask"));
        for (int i = 0; i < language.layers(); i++) {
            needed.add("past_key_values." + i + ".key");
            needed.add("past_key_values." + i + ".value");
        }
        graphs.inputs(DECODER, needed, Set.of("position_ids"));
        graphs.input(DECODER, "inputs_embeds", new ShapeRule(FLOAT32, 1, -1, language.hidden()));
        graphs.input(DECODER, "attention_mask", new ShapeRule(INT64, 1, -1));
        graphs.input(DECODER, "position_ids", new ShapeRule(INT64, 1, -1));
        graphs.output(DECODER, "logits", new ShapeRule(FLOAT32, 1, ShapeRule.ANY, language.vocabulary()));
        ShapeRule cache = new ShapeRule(FLOAT32, 1, language.kvHeads(), -1, language.headWidth());
        for (int i = 0; i < language.layers(); i++) {
            for (String part : new String[]{"key", "value"}) {
                graphs.input(DECODER, "past_key_values." + i + "." + part, cache);
                graphs.output(DECODER, "present." + i + "." + part, cache);
            }
        }
    }
}
