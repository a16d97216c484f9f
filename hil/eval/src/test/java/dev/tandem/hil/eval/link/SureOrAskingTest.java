package dev.tandem.hil.eval.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.device.DeviceAgent;
import dev.tandem.device.DeviceAnswer;
import dev.tandem.device.MadeBy;
import dev.tandem.hil.eval.TinyData;
import dev.tandem.hil.eval.TinyPack;
import dev.tandem.image.ImageReader;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Look;
import dev.tandem.task.Label;
import dev.tandem.task.Task;
import dev.tandem.transport.session.PeerException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that classifies by itself where it is sure, and an edge in another process for the rest. */
class SureOrAskingTest {
    private static final Task TASK = new Task.Classify(10);

    @TempDir
    private Path folder;

    private static DeviceAnswer ask(DeviceAgent device, RgbImage picture, String point) throws InterruptedException {
        return device.ask(picture, TASK, device.methods().point(point), part -> {
        });
    }

    @Test
    void theSureAnswerAndTheUnsureAsk() throws Exception {
        RgbImage picture = ImageReader.read(TinyData.write(folder, 1).resolve("test/p0.png"));
        try (Loopback loopback = Loopback.start(TinyPack.home().resolve("models/tiny-patches"), 1);
                DeviceAgent device = loopback.device(0)) {
            DeviceAnswer own = ask(device, picture, "here");
            assertEquals("sure enough, nothing was sent", assertInstanceOf(MadeBy.Device.class, own.madeBy()).why());
            assertEquals(0, own.frameBytes());
            for (String point : List.of("all", "few-fused", "patches-e0-top100-rgb", "patches-e0-sum0.9-jpeg-q20",
                    "patches-e0-sum0.5-transform-s24-x-98")) {
                DeviceAnswer answer = ask(device, picture, point);
                assertEquals(new MadeBy.Edge("shapes"), answer.madeBy(), point);
                Look.Send send = (Look.Send) device.look(picture, device.methods().point(point), TASK);
                assertEquals(send.units(), answer.edge().count("used"), point);
                assertEquals(send.units(), answer.edge().count("total"), point);
                assertEquals(send.bytes(), answer.sliceBytes(), point);
                assertEquals(10, answer.labels().size(), point);
                assertEquals(1, answer.labels().stream().mapToDouble(Label::probability).sum(), 1e-4, point);
                assertNotEquals(own.labels(), answer.labels(), "another network answers");
                assertEquals(answer.labels(), ask(device, picture, point).labels(), "and the same one twice alike");
            }
            refusesWhatThePackCannot(device, picture);
        }
    }

    /** In words, on the device; the link and the edge go on. */
    private static void refusesWhatThePackCannot(DeviceAgent device, RgbImage picture) throws InterruptedException {
        List<String> words = new ArrayList<>();
        for (Task task : List.of(new Task.Question("What?", 0), new Task.Preview(64))) {
            words.add(Assertions.assertThrows(IllegalArgumentException.class, () -> device.ask(picture, task,
                    device.methods().point("all"), part -> {
                    })).getMessage());
        }
        assertTrue(words.stream().allMatch(each -> each.contains("needed classify")), words.toString());
        Assertions.assertThrows(PeerException.class, () -> device.ask(dev.tandem.device.DeviceRequest
                .of(new Task.Question("And without a picture?", 0)), part -> {
                }));
        assertEquals(new MadeBy.Edge("shapes"), ask(device, picture, "all").madeBy());
    }
}
