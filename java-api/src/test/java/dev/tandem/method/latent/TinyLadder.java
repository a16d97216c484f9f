package dev.tandem.method.latent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.Engine;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Decoding;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Head;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.PackHeads;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.method.Reading;
import dev.tandem.method.Slice;
import dev.tandem.method.Tally;
import dev.tandem.method.TinyPack;
import dev.tandem.pack.Pack;
import dev.tandem.task.Answer;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.List;
import java.util.Random;

/** A pack of drawn weights whose one method has a ladder: both halves on one engine, and its heads. One thread. */
public final class TinyLadder implements AutoCloseable {
    private final PackMethods methods;
    private final PackHeads heads;
    private final Engine engine = TinyPack.engine();
    private final Host host = Host.of(engine);
    private final DeviceHalf device;
    private final EdgeHalf edge;

    public TinyLadder(Pack pack) {
        methods = PackMethods.of(pack);
        heads = PackHeads.of(pack);
        device = methods.section(methods.names().getFirst()).device(host);
        edge = methods.section(methods.names().getFirst()).edge(host);
    }

    public Host host() {
        return host;
    }

    public DeviceHalf device() {
        return device;
    }

    public Look.Send send(RgbImage picture, Point point) {
        return (Look.Send) device.look(picture, point, new Task.Classify(1));
    }

    public LatentMap decode(List<Slice> slices, Point point, int announced) {
        Decoding decoding = edge.begin(point, announced, 1);
        decoding.add(slices);
        return (LatentMap) decoding.evidence();
    }

    /** What a head says. An empty name: the first that can. */
    @SuppressWarnings("unchecked")
    public Answered ask(String head, Task task, LatentMap map) {
        HeadSection<LatentMap> section = (HeadSection<LatentMap>) heads.choose(head, task, LatentMap.class)
                .orElseThrow();
        Answer answer = new Answer();
        try (Head<LatentMap> opened = section.open(host, HeadLimits.defaults())) {
            opened.check(map, task);
            try (Reading reading = opened.read(map)) {
                Tally tally = reading.answer(task, new Sink() {
                    @Override
                    public void part(Part part) {
                        answer.add(part);
                    }

                    @Override
                    public boolean cancelled() {
                        return false;
                    }
                });
                assertTrue(reading.bytes() > 0);
                return new Answered(answer, tally, List.copyOf(reading.stageNanos().keySet()));
            }
        }
    }

    /** An answer, its counts, and the stages of its reading. */
    public record Answered(Answer answer, Tally tally, List<String> stages) {}

    /** Blocks of seeded colours, of a size that nobody's input has. */
    public static RgbImage picture(long seed) {
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

    @Override
    public void close() {
        device.close();
        edge.close();
        engine.close();
    }
}
