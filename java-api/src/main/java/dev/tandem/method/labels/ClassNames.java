package dev.tandem.method.labels;

import dev.tandem.pack.Pack;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Names of a graph's classes: a line each, UTF-8, in the order of its logits (docs/pack.md sections 3.4, 5.2, 5.3). */
public final class ClassNames {
    /** Most classes of a graph. */
    public static final int MOST = 65_536;
    /** Longest name, in bytes. */
    private static final int MOST_BYTES = 255;

    private ClassNames() {
    }

    /**
     * Reads them.
     *
     * @param path    a file of the pack
     * @param classes of the graph
     * @param graph   its name, for messages
     * @throws dev.tandem.pack.PackException if there are not so many, or one is too long
     */
    public static List<String> read(Pack pack, String path, int classes, String graph) {
        List<String> names = new String(pack.bytes(path), StandardCharsets.UTF_8).lines().toList();
        if (names.size() != classes) {
            throw pack.checks().file("reading", path, names.size() + " lines", "a name for each of the " + classes
                    + " classes of the graph " + graph, "export the pack again");
        }
        for (String name : names) {
            if (name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
                throw pack.checks().file("reading", path, name, "names of at most " + MOST_BYTES + " bytes",
                        "shorten it");
            }
        }
        return names;
    }
}
