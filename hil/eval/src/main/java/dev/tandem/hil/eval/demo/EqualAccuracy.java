package dev.tandem.hil.eval.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The JPEG quality that gives the same accuracy as the default operating point, as an evaluation found it.
 *
 * @param jpegQuality
 *            1 to 100
 * @param source
 *            words on where it comes from
 */
record EqualAccuracy(int jpegQuality, String source) {
    /** {@code {"smol-vqa": {"jpegQuality": 10, "source": "docs/results/evaluation.md"}}}. */
    private static final String FILE = "docs/results/equal-accuracy.json";
    private static final int ASSUMED = 10;

    /** What is known of the pack of that name. */
    static EqualAccuracy read(Path home, String pack) throws IOException {
        Path file = home.resolve(FILE);
        JsonNode known = Files.isRegularFile(file) ? new ObjectMapper().readTree(file.toFile()).path(pack) : null;
        if (known == null || !known.path("jpegQuality").isInt()) {
            return new EqualAccuracy(ASSUMED, "assumed, not measured for this pack");
        }
        return new EqualAccuracy(known.path("jpegQuality").asInt(), known.path("source").asText("measured"));
    }
}
