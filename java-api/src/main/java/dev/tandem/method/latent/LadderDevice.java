package dev.tandem.method.latent;

import dev.tandem.foreign.CountedArena;
import dev.tandem.image.Normalise;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.Point;
import dev.tandem.method.Prepare;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.Stopwatch;
import dev.tandem.pack.Preprocessing;
import dev.tandem.task.Task;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Device half of a ladder: the rung's encoder, symbols, bands. Stages: {@code prepare}, {@code encode},
 * {@code coding}. Only the thread that made it may use and close it.
 */
public final class LadderDevice implements DeviceHalf {
    private final Ladder ladder;
    private final Preprocessing preprocessing;
    private final SliceLimits limits;
    private final Map<String, LatentCodec> codecs;
    private final Map<String, RungEncoder> encoders = new LinkedHashMap<>();
    private final CountedArena arena;
    private final Tensor pixels;

    /** Opens the graph of each rung that a point names. */
    public LadderDevice(Ladder ladder, Host host) {
        this.ladder = ladder;
        limits = host.limits();
        preprocessing = ladder.pack().manifest().preprocessing();
        codecs = ladder.codecs(host);
        arena = CountedArena.confined(host.memory().owner("encoder"));
        try {
            pixels = Tensor.allocate(arena, DType.FLOAT32, 1, 3, preprocessing.height(), preprocessing.width());
            ladder.used()
                    .forEach((name, rung) -> encoders.put(name, new RungEncoder(ladder.pack(), rung, pixels, host)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public Look look(RgbImage picture, Point point, Task task) {
        RungKnobs knobs = ladder.knobs(point);
        Stopwatch stages = new Stopwatch();
        prepare(picture);
        stages.mark("prepare");
        MemorySegment latent = encoders.get(knobs.rung()).encode();
        stages.mark("encode");
        List<byte[]> slices = codecs.get(knobs.rung()).encode(latent, point.id(),
                new SliceLimits(limits.payloadBytes(), Math.max(limits.minSlices(), knobs.slices())));
        stages.mark("coding");
        return Look.Send.of(slices, Need.ANY, slices.size(), stages.nanos());
    }

    private void prepare(RgbImage picture) {
        Normalise.nchw(Prepare.resize(picture, preprocessing), preprocessing.mean(), preprocessing.deviation(),
                pixels);
    }

    /**
     * Runs the encoder of a point for another of its graph's outputs; a heap copy of that, which has that shape.
     *
     * @throws IllegalArgumentException as {@link #look}
     */
    public float[] run(RgbImage picture, Point point, String output, long... shape) {
        RungEncoder encoder = encoders.get(ladder.knobs(point).rung());
        prepare(picture);
        return encoder.run(pixels, output, shape);
    }

    @Override
    public void close() {
        encoders.values().forEach(RungEncoder::close);
        arena.close();
        codecs.values().forEach(LatentCodec::close);
    }
}
