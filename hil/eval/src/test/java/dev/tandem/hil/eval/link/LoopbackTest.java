package dev.tandem.hil.eval.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.device.DeviceAgent;
import dev.tandem.device.DeviceAnswer;
import dev.tandem.hil.eval.TinyData;
import dev.tandem.hil.eval.TinyPack;
import dev.tandem.image.ImageReader;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Point;
import dev.tandem.task.Answer;
import dev.tandem.task.Task;
import dev.tandem.transport.frame.FrameHeader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Device in this process, edge in another, TLS between them. One edge for all of it: starting one is the dear part. */
class LoopbackTest {
    private static final int SLOW = 20_000;
    private static final Task QUESTION = new Task.Question("What is it?", 0);

    @TempDir
    private Path folder;

    @Test
    void questionsCrossTheLinkAtItsSpeedAndNothingIsLeftRunning() throws Exception {
        RgbImage image = ImageReader.read(TinyData.write(folder, 1).resolve("test/p0.png"));
        long pid;
        try (Loopback loopback = Loopback.start(TinyPack.folder(), 1)) {
            pid = loopback.edge().pid();
            assertTrue(pid != ProcessHandle.current().pid());
            try (DeviceAgent device = loopback.device(0)) {
                answersTwiceAlike(device, image);
            }
            try (DeviceAgent device = loopback.device(SLOW)) {
                takesAsLongAsTheLinkIsSlow(device, image);
            }
        }
        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    }

    private static void answersTwiceAlike(DeviceAgent device, RgbImage image) throws Exception {
        Answer heard = new Answer();
        Point point = device.methods().defaultPoint();
        DeviceAnswer answer = device.ask(image, QUESTION, point, heard::add);
        assertEquals(answer.text(), heard.text());
        assertEquals(answer.edge().count("used"), answer.edge().count("total"));
        assertEquals(answer.frameBytes(), answer.edge().bytesReceived());
        assertTrue(answer.frameBytes() >= answer.sliceBytes() + (long) answer.slices() * FrameHeader.BYTES);
        Times times = Times.of(answer);
        assertTrue(times.device() > 0 && times.edge() > 0 && times.firstPart() <= times.total(), times.toString());
        // Greedy decoding over exact features: the same question again gives the same words.
        assertEquals(answer.text(), device.ask(image, QUESTION, point, more -> {
        }).text());
    }

    private static void takesAsLongAsTheLinkIsSlow(DeviceAgent device, RgbImage image) throws Exception {
        DeviceAnswer answer = device.ask(image, QUESTION, device.methods().point("raw"), part -> {
        });
        double least = 0.7 * answer.sliceBytes() / SLOW;
        assertTrue(Times.of(answer).link() / 1e3 > least,
                "%d bytes at %d a second took %s".formatted(answer.sliceBytes(), SLOW, Times.of(answer)));
    }
}
