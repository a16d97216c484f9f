package dev.tandem.edge.lmm;

import static dev.tandem.tensor.DType.FLOAT32;
import static dev.tandem.tensor.DType.INT64;

import dev.tandem.pack.Checks;
import dev.tandem.pack.GraphChecks;
import dev.tandem.pack.ShapeRule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The settings of a language head, and the graphs that they name (docs/pack.md section 5). */
final class LanguageCheck {
    private final Checks checks;
    private final GraphChecks graphs;
    private final LanguageSettings language;
    private final String where;

    /** {@code where} is the settings' place, for messages. */
    LanguageCheck(Checks checks, String where, LanguageSettings language) {
        this.checks = checks;
        this.graphs = checks.graphs();
        this.where = where;
        this.language = language;
    }

    /** PackException for the first thing found wrong. */
    void run() {
        sizes();
        golden();
        if (language.projector() != null) {
            graph("projector", language.projector(), "tokens", new ShapeRule(FLOAT32, 1, -1, ShapeRule.FIXED));
            graphs.output(language.projector(), "image_features", new ShapeRule(FLOAT32, 1, -1, language.hidden()));
        }
        graph("embedding", language.embedding(), "input_ids", new ShapeRule(INT64, 1, -1));
        graphs.output(language.embedding(), "inputs_embeds", new ShapeRule(FLOAT32, 1, -1, language.hidden()));
        decoder(language.decoder());
    }

    private void sizes() {
        checks.listed(where + ".tokenizer", language.tokenizer());
        checks.text(where + ".prefix", language.prefix(), 0, 4000);
        checks.text(where + ".suffix", language.suffix(), 0, 4000);
        checks.text(where + ".separator", language.separator(), 0, 4000);
        checks.range(where + ".layers", language.layers(), 1, 256);
        checks.range(where + ".kvHeads", language.kvHeads(), 1, 1024);
        checks.range(where + ".headWidth", language.headWidth(), 1, 4096);
        checks.range(where + ".hidden", language.hidden(), 1, 65_536);
        checks.range(where + ".vocabulary", language.vocabulary(), 1, 1 << 24);
        checks.range(where + ".maxTokens", language.maxTokens(), 1, 1 << 24);
        checks.count(where + ".stopTokens", language.stopTokens().size(), 1, 64);
        tokens(where + ".stopTokens", language.stopTokens());
    }

    private void golden() {
        checks.count(where + ".golden", language.golden().size(), 0, 1024);
        for (LanguageSettings.Golden vector : language.golden()) {
            checks.text(where + ".golden.prompt", vector.prompt(), 1, 4000);
            checks.text(where + ".golden.text", vector.text(), 0, 4000);
            checks.count(where + ".golden.ids", vector.ids().size(), 1, 4096);
            tokens(where + ".golden.ids", vector.ids());
        }
    }

    private void tokens(String field, List<Integer> ids) {
        ids.forEach(id -> checks.range(field, id, 0, language.vocabulary() - 1L));
    }

    /** One input, and no other. */
    private void graph(String field, String graph, String input, ShapeRule rule) {
        graphs.named(where + '.' + field, graph);
        graphs.inputs(graph, Set.of(input), Set.of());
        graphs.input(graph, input, rule);
    }

    private void decoder(String graph) {
        graphs.named(where + ".decoder", graph);
        Set<String> needed = new HashSet<>(Set.of("inputs_embeds", "attention_mask"));
        for (int layer = 0; layer < language.layers(); layer++) {
            needed.add("past_key_values." + layer + ".key");
            needed.add("past_key_values." + layer + ".value");
        }
        graphs.inputs(graph, needed, Set.of("position_ids"));
        graphs.input(graph, "inputs_embeds", new ShapeRule(FLOAT32, 1, -1, language.hidden()));
        graphs.input(graph, "attention_mask", new ShapeRule(INT64, 1, -1));
        graphs.input(graph, "position_ids", new ShapeRule(INT64, 1, -1));
        graphs.output(graph, "logits", new ShapeRule(FLOAT32, 1, ShapeRule.ANY, language.vocabulary()));
        ShapeRule cache = new ShapeRule(FLOAT32, 1, language.kvHeads(), -1, language.headWidth());
        for (int layer = 0; layer < language.layers(); layer++) {
            for (String part : List.of("key", "value")) {
                graphs.input(graph, "past_key_values." + layer + "." + part, cache);
                graphs.output(graph, "present." + layer + "." + part, cache);
            }
        }
    }
}
