package dev.tandem.hil.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.device.DeviceAgent;
import dev.tandem.device.DeviceAnswer;
import dev.tandem.hil.TinyData;
import dev.tandem.hil.TinyPack;
import dev.tandem.image.ImageReader;
import dev.tandem.image.RgbImage;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.transport.frame.FrameHeader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Device in this process, edge in another, TLS between them. */
class LoopbackTest {
    @TempDir
    private Path folder;

    @Test
    void aQuestionCrossesTheLinkAndNothingIsLeftRunning() throws Exception {
        RgbImage image = ImageReader.read(TinyData.write(folder, 1).resolve("test/p0.png"));
        long pid;
        try (Loopback loopback = Loopback.start(TinyPack.folder(), 1); DeviceAgent device = loopback.device(0)) {
            pid = loopback.edge().pid();
            assertTrue(pid != ProcessHandle.current().pid());
            StringBuilder words = new StringBuilder();
            OperatingPoint point = device.pack().defaultOperatingPoint();
            DeviceAnswer answer = device.ask(image, "What is it?", point, words::append);
            assertEquals(answer.text(), words.toString());
            assertEquals(point.clusters(), answer.edge().tokensTotal());
            assertEquals(answer.frameBytes(), answer.edge().bytesReceived());
            assertTrue(answer.frameBytes() >= answer.sliceBytes() + (long) answer.slices() * FrameHeader.BYTES);
            // The same question again gives the same words: greedy decoding over exact features.
            assertEquals(answer.text(), device.ask(image, "What is it?", point, more -> {
            }).text());
            Times times = Times.of(answer);
            assertTrue(times.device() > 0 && times.edge() > 0, times.toString());
        }
        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void theLinkIsAsSlowAsItIsSaidToBe() throws Exception {
        RgbImage image = ImageReader.read(TinyData.write(folder, 1).resolve("test/p0.png"));
        try (Loopback loopback = Loopback.start(TinyPack.folder(), 1); DeviceAgent device = loopback.device(20_000)) {
            OperatingPoint raw = OperatingPoint.raw(0);
            DeviceAnswer answer = device.ask(image, "What is it?", raw, words -> {
            });
            double least = 0.7 * answer.sliceBytes() / 20_000.0;
            assertTrue(Times.of(answer).link() / 1e3 > least,
                    "%d bytes at 20 KB/s took the link %s".formatted(answer.sliceBytes(), Times.of(answer)));
        }
    }

    @Test
    void anEdgeEndsWithItsParent() throws Exception {
        try (Loopback loopback = Loopback.start(TinyPack.folder(), 1)) {
            ProcessHandle edge = ProcessHandle.of(loopback.edge().pid()).orElseThrow();
            loopback.edge().close();
            edge.onExit().get(30, TimeUnit.SECONDS);
            assertFalse(edge.isAlive());
        }
    }
}
