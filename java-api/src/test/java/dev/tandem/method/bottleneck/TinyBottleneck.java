package dev.tandem.method.bottleneck;

import dev.tandem.method.PackHeads;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import java.nio.file.Path;

/** The pack of drawn weights that ships for tests. */
final class TinyBottleneck {
    static final Path FOLDER = Path.of("..", "models", "tiny-bottleneck");
    static final Pack PACK = Pack.open(FOLDER);
    static final PackMethods METHODS = PackMethods.of(PACK);
    static final PackHeads HEADS = PackHeads.of(PACK);

    private TinyBottleneck() {
    }
}
