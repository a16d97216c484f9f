package dev.tandem.edge.lmm;

import dev.tandem.engine.Engine;
import dev.tandem.image.ImageWriter;
import dev.tandem.image.RgbImage;

/** A process that needs every native library of an edge once, and says so. */
final class UnpackingNatives {
    static final String WORD = "all are loaded";

    private UnpackingNatives() {
    }

    /** Runs a graph, a tokenizer and a WebP encoder. */
    public static void main(String[] arguments) {
        try (Engine engine = TinyModel.engine();
                LanguageModel model = TinyModel.open(engine, 64);
                Prefix prefix = model.prefill(null)) {
            model.generate(prefix, "What?", Sampling.greedy(2), words -> {
            }, () -> false);
        }
        if (ImageWriter.webp(RgbImage.black(8, 8), 50).length > 0) {
            System.out.println(WORD);
        }
    }
}
