package dev.tandem.image;

import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What comes before the encoder: a JPEG decoded, resized to 224 x 224 and normalised; to be held against the encoder's
 * own time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class PrepareBenchmark {
    private static final int SIDE = 224;
    private static final List<Float> HALF = List.of(.5f, .5f, .5f);

    @Param({ "224x224", "1920x1080" })
    private String size;

    private Arena arena;
    private byte[] file;
    private RgbImage picture;
    private RgbImage small;
    private Tensor input;

    @Setup
    public void setUp() throws IOException {
        int width = Integer.parseInt(size.split("x")[0]);
        int height = Integer.parseInt(size.split("x")[1]);
        RgbImage drawn = RgbImage.black(width, height);
        SplittableRandom random = new SplittableRandom(1);
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += 3) {
                double wave = 80 * Math.sin(x / 17.0) * Math.cos(y / 23.0) + 128;
                for (int c = 0; c < 3; c++) {
                    drawn.rgb()[at + c] = (byte) (wave + 12 * c + random.nextInt(16));
                }
            }
        }
        file = ImageWriter.jpeg(drawn, 90);
        picture = ImageReader.read(file, "drawn");
        small = Resize.bilinear(picture, SIDE, SIDE);
        arena = Arena.ofConfined();
        input = Tensor.allocate(arena, DType.FLOAT32, 1, 3, SIDE, SIDE);
    }

    @TearDown
    public void tearDown() {
        arena.close();
    }

    @Benchmark
    public RgbImage decode() throws IOException {
        return ImageReader.read(file, "drawn");
    }

    @Benchmark
    public RgbImage resize() {
        return Resize.bilinear(picture, SIDE, SIDE);
    }

    @Benchmark
    public Tensor normalise() {
        Normalise.nchw(small, HALF, HALF, input);
        return input;
    }
}
