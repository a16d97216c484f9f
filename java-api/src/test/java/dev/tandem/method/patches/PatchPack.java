package dev.tandem.method.patches;

import dev.tandem.image.RgbImage;
import dev.tandem.method.tokens.CountingEngine;
import dev.tandem.pack.Pack;
import dev.tandem.pack.TestPack;
import dev.tandem.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;

/** A pack of this method with a head, whose graphs are a test's lines: 5 classes, squares of one side. */
final class PatchPack {
    static final int CLASSES = 5;
    static final int HEADS = 3;
    final TestPack files;
    private final int patches;

    /** Pictures of columns x rows patches. */
    PatchPack(Path folder, int columns, int rows, int side) throws IOException {
        patches = columns * rows;
        files = new TestPack(folder);
        files.set("/preprocessing/width", "" + columns * side).set("/preprocessing/height", "" + rows * side)
                .set("/golden", "[]").set("/methods", """
                        {"patches": {"classifier": "eye", "labels": "labels.txt", "temperature": 1}}""")
                .set("/graphs",
                        String.format(Locale.ROOT, """
                                {"eye": {"file": "encoder.onnx",
                                  "inputs": [{"name": "pixel_values", "dtype": "float32", "shape": [1, 3, %d, %d]}],
                                  "outputs": [{"name": "logits", "dtype": "float32", "shape": [1, 5]},
                                    {"name": "attention", "dtype": "float32", "shape": [1, 3, %d]},
                                    {"name": "rollout", "dtype": "float32", "shape": [1, %d]}]},
                                 "large": {"file": "classify.onnx",
                                  "inputs": [{"name": "patches", "dtype": "float32", "shape": [-1, -1, %d]},
                                    {"name": "positions", "dtype": "int64", "shape": [-1, -1]}],
                                  "outputs": [{"name": "logits", "dtype": "float32", "shape": [-1, 5]}]}}""",
                                rows * side, columns * side, patches, patches, 3 * side * side))
                .set("/points", """
                        [{"id": 4, "name": "all", "method": "patches",
                          "knobs": {"eta": 0, "rule": "sum", "amount": 1, "code": "rgb"}},
                         {"id": 5, "name": "half", "method": "patches",
                          "knobs": {"eta": 0.8, "amount": 0.5, "code": "rgb", "guess": 2}}]""")
                .set("/defaultPoint", "\"half\"").set("/heads", """
                        [{"name": "things", "kind": "patch-labels",
                          "settings": {"graph": "large", "labels": "labels.txt", "temperature": 1}}]""");
    }

    Pack open() throws IOException {
        return files.open();
    }

    /** An engine whose classifier gives these logits and these rows of attention, whatever it sees. */
    static CountingEngine classifier(Pack pack, float[] logits, float[] attention) {
        return new CountingEngine(pack, (in, out) -> {
            out.get("logits").setFloats(logits);
            if (out.containsKey("attention")) {
                out.get("attention").setFloats(attention);
            } else {
                float[] rollout = new float[(int) out.get("rollout").elements()];
                rollout[0] = 1;
                out.get("rollout").setFloats(rollout);
            }
        });
    }

    static CountingEngine engine(Pack pack, BiConsumer<Map<String, Tensor>, Map<String, Tensor>> run) {
        return new CountingEngine(pack, run);
    }

    /** Attention in which patch i of the order is looked at the more the earlier it stands, alike in all heads. */
    float[] looking(int... order) {
        float[] attention = new float[HEADS * patches];
        for (int head = 0; head < HEADS; head++) {
            for (int i = 0; i < order.length; i++) {
                attention[head * patches + order[i]] = (float) Math.pow(0.5, i + 1.0);
            }
        }
        return attention;
    }

    /** A picture of the input's size, each pixel drawn. */
    static RgbImage noise(PatchGrid grid, long seed) {
        RgbImage picture = RgbImage.black(grid.columns() * grid.side(), grid.rows() * grid.side());
        new Random(seed).nextBytes(picture.rgb());
        return picture;
    }

    /** A smooth picture, as JPEG and transforms like it. */
    static RgbImage smooth(PatchGrid grid, long seed) {
        Random random = new Random(seed);
        double[] wave = random.doubles(9, 0.02, 0.2).toArray();
        RgbImage picture = RgbImage.black(grid.columns() * grid.side(), grid.rows() * grid.side());
        for (int i = 0; i < picture.rgb().length; i++) {
            int x = i / 3 % picture.width();
            int y = i / 3 / picture.width();
            int c = i % 3;
            picture.rgb()[i] = (byte) (128 + 90 * Math.sin(wave[c] * x + wave[c + 3] * y + wave[c + 6] * 40));
        }
        return picture;
    }
}
