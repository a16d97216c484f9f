package dev.tandem.engine.onnx;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The small graphs of the test resources. */
final class Graphs {
    private Graphs() {
    }

    static Path path(String name) {
        try {
            return Path.of(Graphs.class.getResource("/graphs/" + name + ".onnx").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
