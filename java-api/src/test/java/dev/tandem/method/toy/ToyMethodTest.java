package dev.tandem.method.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.RgbImage;
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
import dev.tandem.pack.Pack;
import dev.tandem.pack.TestPack;
import dev.tandem.task.Answer;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A method is a folder and a line of services: this one is found, checked, hashed, run on both ends and answered for by
 * a head of its own, and nothing outside this folder knows it.
 */
class ToyMethodTest {
    @Test
    void answersFromItsOwnFolder(@TempDir Path folder) throws Exception {
        Pack pack = new TestPack(folder).set("/methods/toy", "{}")
                .set("/points/2", "{\"id\": 9, \"name\": \"grid\", \"method\": \"toy\", \"knobs\": {\"side\": 3}}")
                .set("/heads", "[{\"name\": \"light\", \"kind\": \"brightness\", \"settings\": {}}]").open();
        PackMethods methods = PackMethods.of(pack);
        assertEquals(32, methods.hashes().get("toy").length);
        for (String name : new String[]{"grid", "toy-4"}) {
            assertEquals("dark", answer(pack, methods, methods.point(name), 20), name);
            assertEquals("bright", answer(pack, methods, methods.point(name), 230), name);
        }
    }

    private static String answer(Pack pack, PackMethods methods, Point point, int grey) throws Exception {
        Host host = Host.of(null);
        RgbImage picture = RgbImage.black(40, 30);
        Arrays.fill(picture.rgb(), (byte) grey);
        Task task = new Task.Classify(2);
        Answer answer = new Answer();
        try (DeviceHalf device = methods.section("toy").device(host);
                EdgeHalf edge = methods.section("toy").edge(host)) {
            Look.Send sent = (Look.Send) device.look(picture, point, task);
            var decoding = edge.begin(point, sent.slices().size(), sent.tiles());
            decoding.add(sent.slices());
            ToyMethod.Greys greys = (ToyMethod.Greys) decoding.evidence();
            @SuppressWarnings("unchecked")
            HeadSection<ToyMethod.Greys> section = (HeadSection<ToyMethod.Greys>) PackHeads.of(pack)
                    .choose("", task, methods.evidence("toy")).orElseThrow();
            try (Head<ToyMethod.Greys> head = section.open(host, HeadLimits.defaults());
                    var reading = head.read(greys)) {
                reading.answer(task, sink(answer));
            }
        }
        assertTrue(answer.labels().get(0).probability() > 0.5);
        return answer.labels().get(0).name();
    }

    private static Sink sink(Answer answer) {
        return new Sink() {
            @Override
            public void part(Part part) {
                answer.add(part);
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };
    }
}
