package dev.tandem.method.bottleneck;

import dev.tandem.image.RgbImage;
import dev.tandem.method.PackHeads;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import java.nio.file.Path;
import java.util.Random;

/** The pack of drawn weights that ships for tests, and drawn pictures. */
final class TinyBottleneck {
    static final Path FOLDER = Path.of("..", "models", "tiny-bottleneck");
    static final Pack PACK = Pack.open(FOLDER);
    static final PackMethods METHODS = PackMethods.of(PACK);
    static final PackHeads HEADS = PackHeads.of(PACK);

    private TinyBottleneck() {
    }

    /** Blocks of seeded colours, of a size that nobody's input has. */
    static RgbImage picture(long seed) {
        Random random = new Random(seed);
        RgbImage image = RgbImage.black(150, 130);
        byte[] colours = new byte[3 * 42];
        random.nextBytes(colours);
        for (int i = 0; i < image.rgb().length; i++) {
            int block = i / 3 / 150 / 26 * 7 + i / 3 % 150 / 25;
            image.rgb()[i] = (byte) (colours[block * 3 + i % 3] + random.nextInt(4));
        }
        return image;
    }
}
