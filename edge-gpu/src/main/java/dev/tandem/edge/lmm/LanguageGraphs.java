package dev.tandem.edge.lmm;

import dev.tandem.engine.Engine;
import dev.tandem.engine.Session;
import dev.tandem.method.PackSession;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The opened graphs and tokenizer of a language model; {@code projector} is null in a pack that only reads text. */
record LanguageGraphs(TextTokenizer tokenizer, Session embedTokens, Session projector, Session decoder,
        DecoderLayout layout) implements AutoCloseable {
    static LanguageGraphs open(Pack pack, LanguageSettings spec, Engine engine) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            TextTokenizer tokenizer = keep(opened, TextTokenizer.open(pack.file(spec.tokenizer())));
            Session embedTokens = keep(opened, PackSession.open(engine, pack, spec.embedding()));
            boolean sees = spec.projector() != null;
            Session projector = sees ? keep(opened, PackSession.open(engine, pack, spec.projector())) : null;
            Session decoder = keep(opened, PackSession.open(engine, pack, spec.decoder()));
            return new LanguageGraphs(tokenizer, embedTokens, projector, decoder, layout(pack, spec, decoder));
        } catch (RuntimeException e) {
            opened.forEach(c -> closeAfter(e, c));
            throw e;
        }
    }

    private static DecoderLayout layout(Pack pack, LanguageSettings spec, Session decoder) {
        DecoderLayout found = DecoderLayout.of(decoder.inputs(), decoder.outputs());
        if (found.layers() != spec.layers() || found.heads() != spec.kvHeads() || found.headWidth() != spec.headWidth()
                || found.hidden() != spec.hidden() || found.vocabulary() != spec.vocabulary()) {
            throw new PackException("opening the language model of [" + pack + "]: its decoder has layers, kvHeads, "
                    + "headWidth, hidden, vocabulary [" + found.layers() + ", " + found.heads() + ", "
                    + found.headWidth() + ", " + found.hidden() + ", " + found.vocabulary() + "], pack.json says ["
                    + spec.layers() + ", " + spec.kvHeads() + ", " + spec.headWidth() + ", " + spec.hidden() + ", "
                    + spec.vocabulary() + "]; export the pack again");
        }
        return found;
    }

    private static <T extends AutoCloseable> T keep(Deque<AutoCloseable> opened, T resource) {
        opened.push(resource);
        return resource;
    }

    private static void closeAfter(RuntimeException failure, AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        decoder.close();
        if (projector != null) {
            projector.close();
        }
        embedTokens.close();
        tokenizer.close();
    }
}
