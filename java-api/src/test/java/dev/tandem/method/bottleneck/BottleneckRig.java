package dev.tandem.method.bottleneck;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import dev.tandem.method.Point;
import dev.tandem.method.Reading;
import dev.tandem.method.Slice;
import dev.tandem.method.TinyPack;
import dev.tandem.method.latent.LatentMap;
import dev.tandem.task.Answer;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Both halves of the tiny pack on one engine, and its heads. */
abstract class BottleneckRig {
    static final Task CLASSIFY = new Task.Classify(5);
    static final RgbImage PICTURE = TinyBottleneck.picture(3);
    static final Point COARSE = TinyBottleneck.METHODS.point("coarse");
    static final Point FINE = TinyBottleneck.METHODS.point("fine");
    static Engine engine;
    static Host host;
    static DeviceHalf device;
    static EdgeHalf edge;

    @BeforeAll
    static void open() {
        engine = TinyPack.engine();
        host = Host.of(engine);
        device = TinyBottleneck.METHODS.section("bottleneck").device(host);
        edge = TinyBottleneck.METHODS.section("bottleneck").edge(host);
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            device.close();
            edge.close();
            engine.close();
        }
    }

    static Look.Send send(Point point) {
        return (Look.Send) device.look(PICTURE, point, CLASSIFY);
    }

    static LatentMap decode(List<Slice> slices, Point point, int announced) {
        Decoding decoding = edge.begin(point, announced, 1);
        decoding.add(slices);
        return (LatentMap) decoding.evidence();
    }

    @SuppressWarnings("unchecked")
    static Answer ask(String head, Task task, LatentMap map) {
        HeadSection<LatentMap> section = (HeadSection<LatentMap>) TinyBottleneck.HEADS
                .choose(head, task, LatentMap.class).orElseThrow();
        Answer answer = new Answer();
        try (Head<LatentMap> opened = section.open(host, HeadLimits.defaults())) {
            opened.check(map, task);
            try (Reading reading = opened.read(map)) {
                reading.answer(task, new Sink() {
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
                assertEquals(1, reading.stageNanos().size());
            }
        }
        return answer;
    }

    static List<Float> probabilities(Answer answer) {
        return answer.labels().stream().map(label -> label.probability()).toList();
    }
}
