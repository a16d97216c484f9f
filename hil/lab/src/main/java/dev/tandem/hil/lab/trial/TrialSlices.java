package dev.tandem.hil.lab.trial;

import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.method.SliceLimits;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import dev.tandem.task.Task;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Slice;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A made picture as slices, coded once by the device half of the pack's default point, into as many slices as wanted.
 *
 * @param point operating point
 * @param task what is asked about it; nobody reads it
 * @param slices most important first
 * @param need what its edge half cannot do without
 */
record TrialSlices(Point point, Task task, List<Slice> slices, Need need) {
    private static final int SIDE = 256;

    /** At least so many slices, where the method has so many. */
    static TrialSlices of(Pack pack, int count) {
        return several(pack, count, 1).getFirst();
    }

    /** So many pictures, each another one, of at least so many slices. */
    static List<TrialSlices> several(Pack pack, int count, int pictures) {
        PackMethods methods = PackMethods.of(pack);
        Point point = methods.defaultPoint();
        Task task = new Task.Question("how much of it is here?", 0);
        SliceLimits limits = new SliceLimits(SliceLimits.DEFAULT_PAYLOAD_BYTES, count);
        try (Engine engine = Engines.select(Engines.AUTO).create(EngineSettings.defaults().withThreads(1));
                DeviceHalf half = methods.section(point.method())
                        .device(new Host(engine, MemoryAccount.process(), limits))) {
            return IntStream.rangeClosed(1, pictures).mapToObj(seed -> look(half, point, task, seed)).toList();
        }
    }

    private static TrialSlices look(DeviceHalf half, Point point, Task task, int seed) {
        if (half.look(picture(seed), point, task) instanceof Look.Send send) {
            List<Slice> slices = send.slices().stream()
                    .map(each -> new Slice(each.index(), each.tile(), each.bytes())).toList();
            return new TrialSlices(point, task, slices, Need.valueOf(send.need().name()));
        }
        throw new PackException("making slices with the point [" + point.name()
                + "]: its device half answers by itself; needed one that sends");
    }

    /** Noise on a slope: something in each place, and not the same in any two. */
    private static RgbImage picture(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] rgb = new byte[SIDE * SIDE * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3 / SIDE / 2 + random.nextInt(SIDE / 2));
        }
        return new RgbImage(SIDE, SIDE, rgb);
    }

    int bytes() {
        return slices.stream().mapToInt(each -> each.bytes().length).sum();
    }
}
