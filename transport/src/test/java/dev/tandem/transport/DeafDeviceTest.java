package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.tls.TestCertificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Devices that talk and do not listen: nobody waits for them, and nothing piles up. */
@ExtendWith(NoLeaks.class)
class DeafDeviceTest {
    /** What a connection takes by itself, and what may wait before it is read no more. */
    private static final long CONNECTION = 64 << 10;
    private static final long GATE = 64 << 10;
    /** Netty reads 16 times before it looks whether to go on. */
    private static final long READ_AHEAD = 17 << 16;
    private static final LinkLimits LIMITS = new LinkLimits(10, 3, 1_000, 1_500, 4, Duration.ofSeconds(60),
            Duration.ofSeconds(30));

    /** Until the kernel or the edge ends it, it costs what a few answers cost. */
    @Test
    void isReadNoMoreWhileItDoesNotRead() throws Exception {
        String reason = "no ".repeat(1_300);
        AtomicLong peak = new AtomicLong();
        try (TandemServer server = TandemServer.start(Links.server().withLimits(LIMITS),
                Asked.by(Runnable::run, x -> x.fail(ErrorCode.ANSWER_FAILED, reason)));
                RawDevice deaf = RawDevice.open(server)) {
            Thread talking = Thread.ofPlatform().start(() -> {
                try {
                    for (int id = 1; id < Integer.MAX_VALUE;) {
                        ByteArrayOutputStream many = new ByteArrayOutputStream();
                        for (int last = id + 200; id < last; id++) {
                            many.writeBytes(Links.handmade("why?", 0).toFrame(id).toBytes());
                        }
                        deaf.write(many.toByteArray());
                    }
                } catch (IOException ended) {
                    // the connection is closed, here or there
                }
            });
            Links.await("what is answered piles up, and no more is read", () -> {
                peak.accumulateAndGet(server.bufferedBytes(), Math::max);
                return peak.get() > CONNECTION + GATE || server.connections() == 0;
            });
            Links.await("the kernel ends it, or the edge", () -> {
                peak.accumulateAndGet(server.bufferedBytes(), Math::max);
                return server.connections() == 0;
            });
            assertTrue(peak.get() > CONNECTION + GATE && peak.get() < CONNECTION + READ_AHEAD, "held " + peak);
            deaf.drop();
            talking.join();
            Links.await("all is given back", () -> server.bufferedBytes() == 0);
        }
    }

    @Test
    void isEndedWhenItPingsWithoutEnd() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                RawDevice device = RawDevice.open(server)) {
            for (int i = 0; i < 1_000; i++) {
                device.send(Frame.of(FrameType.PING, 0, new byte[8]));
            }
            Frame frame = device.receive();
            while (frame.type() == FrameType.PONG) {
                frame = device.receive();
            }
            assertEquals(ErrorCode.OVERLOADED, Failure.read(frame).known());
            assertTrue(Failure.read(frame).message().contains("PINGs a second"), Failure.read(frame).message());
            assertTrue(server.counters().pings() > 100);
        }
    }

    /** One thread answers all. A device that grants no byte of its streams is as slow as one can be. */
    @Test
    void holdsNoThreadThatAnswers() throws Exception {
        byte[] piece = new byte[10_000];
        try (LogLines log = new LogLines();
                ExecutorService model = Executors.newSingleThreadExecutor();
                TandemServer server = TandemServer.start(Links.server(), Asked.by(model, x -> {
                    for (int i = 0; i < 200 && x.question().equals("talk"); i++) {
                        x.exchange().part(Asked.WORDS, piece);
                    }
                    Links.echo(x);
                }));
                RawQuicDevice deaf = RawQuicDevice.connect(server, TestCertificates.DEVICE, 0);
                TandemClient polite = TandemClient.connect(Links.client(server))) {
            deaf.send(Hello.of(Links.PACK, "deaf").toFrame());
            Links.await("both are in", () -> server.connections() == 2);
            for (int id = 1; id <= 8; id++) {
                deaf.send(Links.handmade("talk", 0).toFrame(id));
            }
            Links.await("each ends", () -> server.counters().ended(ErrorCode.OVERLOADED) == 8);
            assertEquals(8, log.with("the device takes the answer too slowly").size());
            Talk talk = Talk.ask(polite, "and I?");
            Links.get(talk.answer());
            assertEquals("and I?", talk.text());
        }
    }
}
