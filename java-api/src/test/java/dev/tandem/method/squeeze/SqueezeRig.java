package dev.tandem.method.squeeze;

import dev.tandem.image.RgbImage;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.method.Slice;
import dev.tandem.method.latent.LatentMap;
import dev.tandem.method.latent.TinyLadder;
import dev.tandem.pack.Pack;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The pack of drawn weights that ships for tests, opened. */
abstract class SqueezeRig {
    static final Path FOLDER = Path.of("..", "models", "tiny-squeeze");
    static final Pack PACK = Pack.open(FOLDER);
    static final PackMethods METHODS = PackMethods.of(PACK);
    static final Point HALF = METHODS.point("half");
    static final Point FOUR = METHODS.point("half-b4");
    static final Point QUARTER = METHODS.point("quarter");
    static TinyLadder ladder;

    @BeforeAll
    static void open() {
        ladder = new TinyLadder(PACK);
    }

    @AfterAll
    static void close() {
        if (ladder != null) {
            ladder.close();
        }
    }

    /** The map of a picture that came whole. */
    static LatentMap map(RgbImage picture, Point point) {
        List<Slice> slices = ladder.send(picture, point).slices();
        return ladder.decode(slices, point, slices.size());
    }
}
