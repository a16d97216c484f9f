package dev.tandem.method;

import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.image.RgbImage;
import dev.tandem.pack.Pack;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;

/** The pack of random weights that ships for tests, a real engine, and drawn pictures. */
public final class TinyPack {
    private static Pack pack;

    private TinyPack() {
    }

    /** Loaded once a test run. */
    public static synchronized Pack pack() {
        if (pack == null) {
            pack = Pack.open(Path.of("..", "models", "tiny-vqa"));
        }
        return pack;
    }

    /** A one-thread engine, or a skipped test that says why there is none. */
    public static Engine engine() {
        var onnx = Engines.all().stream().filter(p -> p.name().equals("onnx")).findFirst();
        Assumptions.assumeTrue(onnx.isPresent() && onnx.get().availability().available(),
                () -> "needs ONNX Runtime: " + onnx.map(p -> p.availability().reason()).orElse("no provider"));
        return onnx.get().create(EngineSettings.defaults().withThreads(1));
    }

    /** Blocks of seeded colours. */
    public static RgbImage picture(long seed) {
        Random random = new Random(seed);
        RgbImage image = RgbImage.black(240, 200);
        byte[] colours = new byte[3 * 80];
        random.nextBytes(colours);
        for (int i = 0; i < image.rgb().length; i++) {
            int x = i / 3 % 240;
            int y = i / 3 / 240;
            image.rgb()[i] = (byte) (colours[(y / 25 * 10 + x / 24) * 3 + i % 3] + random.nextInt(4));
        }
        return image;
    }
}
