package dev.tandem.method;

import dev.tandem.pack.Pack;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The file of a labelling head with a line for each class (docs/pack.md section 5.2). */
public final class LabelNames {
    /** Most classes of a head. */
    public static final int MOST_CLASSES = 65_536;

    private LabelNames() {
    }

    /**
     * A name for each class, in the order of the logits.
     *
     * @param graph that gives as many logits as {@code classes}
     * @throws dev.tandem.pack.PackException for another number of lines
     */
    public static List<String> read(Pack pack, String labels, String graph, int classes) {
        List<String> names = new String(pack.bytes(labels), StandardCharsets.UTF_8).lines().toList();
        if (names.size() != classes) {
            throw pack.checks().file("reading", labels, names.size() + " lines", "a name for each of the " + classes
                    + " classes of the graph " + graph, "export the pack again");
        }
        return names;
    }
}
