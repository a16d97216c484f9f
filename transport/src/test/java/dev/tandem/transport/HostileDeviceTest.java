package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.Done;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.tls.TestCertificates;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A device with a good certificate and bad frames; the edge names what was wrong and keeps serving the others. */
class HostileDeviceTest {
    private static final LinkLimits LIMITS = new LinkLimits(100, 3, 1_000, 1_500, 2, Duration.ofSeconds(60),
            Duration.ofSeconds(30));
    private static TandemServer server;

    @BeforeAll
    static void start() {
        server = TandemServer.start(Links.server().withLimits(LIMITS), Links.echo());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.close();
        new NoLeaks().afterEach(null);
    }

    @Test
    void refusesGarbageBeforeHello() throws Exception {
        try (RawDevice device = RawDevice.connect(server.address().getPort(), TestCertificates.DEVICE)) {
            device.write("GET / HTTP/1.1\r\n\r\n".getBytes());
            assertEquals(ErrorCode.MALFORMED_FRAME, Failure.read(device.receive()).known());
            assertEquals(-1, device.read());
        }
        try (RawDevice device = RawDevice.connect(server.address().getPort(), TestCertificates.DEVICE)) {
            device.send(ask(1, "?", 0));
            assertEquals(ErrorCode.UNEXPECTED_FRAME, Failure.read(device.receive()).known());
        }
    }

    @Test
    void refusesAnotherVersion() throws Exception {
        try (RawDevice device = RawDevice.connect(server.address().getPort(), TestCertificates.DEVICE)) {
            device.send(new Hello(new Hello.Versions(Hello.VERSION + 1, 9), Links.PACK, "raw").toFrame());
            Failure failure = Failure.read(device.receive());
            assertEquals(ErrorCode.UNSUPPORTED_VERSION, failure.known());
            assertTrue(failure.message().contains("[" + (Hello.VERSION + 1) + " to 9]"), failure.message());
            assertTrue(failure.message().contains("the edge is the older one: update"), failure.message());
        }
    }

    /** The HELLO that a device of the first release would send, byte for byte: two hashes, then two texts. */
    @Test
    void tellsADeviceOfVersionThreeToBeUpdated() throws Exception {
        ByteBuffer payload = ByteBuffer.allocate(2 + 2 + 32 + 32 + 9 + 7).order(ByteOrder.LITTLE_ENDIAN);
        payload.putShort((short) 3).putShort((short) 3).put(Links.hash(1)).put(Links.hash(2));
        payload.put((byte) 8).put("smol-vqa".getBytes()).put((byte) 6).put("tandem".getBytes());
        try (RawDevice device = RawDevice.connect(server.address().getPort(), TestCertificates.DEVICE)) {
            device.write(HexFormat.of().parseHex("d1010000" + "00000000" + "54000000"));
            device.write(payload.array());
            Failure failure = Failure.read(device.receive());
            assertEquals(ErrorCode.UNSUPPORTED_VERSION, failure.known());
            assertEquals("hello refused: the device speaks protocol versions [3 to 3], the edge speaks [4]; "
                    + "the device is the older one: update its software", failure.message());
            assertEquals(-1, device.read());
        }
    }

    @Test
    void endsOnlyTheExchangeThatBreaksALimit() throws Exception {
        try (RawDevice device = RawDevice.open(server)) {
            exchangeRefused(device, ErrorCode.TASK_TOO_LARGE, ask(1, "x".repeat(101), 0));
            exchangeRefused(device, ErrorCode.TOO_MANY_SLICES, ask(2, "?", 4));
            exchangeRefused(device, ErrorCode.DUPLICATE_SLICE, ask(3, "?", 2), slice(3, 0, 10), slice(3, 0, 11));
            exchangeRefused(device, ErrorCode.EXCHANGE_TOO_LARGE, ask(4, "?", 3), slice(4, 0, 800), slice(4, 1, 800));
            device.send(slice(4, 2, 5)); // late: dropped
            device.send(ask(5, "?", 1));
            device.send(ask(6, "?", 1));
            exchangeRefused(device, ErrorCode.TOO_MANY_EXCHANGES, ask(7, "?", 1));
            device.send(slice(5, 0, 5));
            assertEquals(FrameType.PART, device.receive().type());
            assertEquals(FrameType.DONE, device.receive().type());
        }
        assertTrue(server.counters().lateFrames() >= 1);
    }

    @Test
    void endsTheConnectionThatBreaksTheProtocol() throws Exception {
        connectionRefused(ErrorCode.MALFORMED_FRAME, slice(1, 0, 5));
        connectionRefused(ErrorCode.MALFORMED_FRAME, ask(1, "?", 2), slice(1, 2, 5));
        connectionRefused(ErrorCode.MALFORMED_FRAME, ask(1, "?", 2),
                Frame.slice(1, new Slice(0, 1, new byte[5])));
        connectionRefused(ErrorCode.MALFORMED_FRAME, ask(1, "?", 1), slice(1, 0, 1_001));
        connectionRefused(ErrorCode.UNEXPECTED_FRAME, ask(2, "?", 1), ask(2, "?", 1));
        connectionRefused(ErrorCode.UNEXPECTED_FRAME,
                Hello.of(Links.PACK, "").toFrame());
        connectionRefused(ErrorCode.MALFORMED_FRAME, Frame.of(FrameType.ASK, 1, new byte[3]));
        connectionRefused(ErrorCode.MALFORMED_FRAME, Frame.cancel(9));
    }

    @Test
    void servesAHealthyDeviceWhileOthersSendGarbage() throws Exception {
        SplittableRandom random = new SplittableRandom(9);
        try (TandemClient healthy = TandemClient.connect(Links.client(server))) {
            for (int round = 0; round < 20; round++) {
                byte[] garbage = new byte[200];
                random.nextBytes(garbage);
                try (RawDevice device = RawDevice.open(server)) {
                    device.write(garbage);
                }
                Talk exchange = Talk.ask(healthy, Links.ask("still there?"));
                Links.get(exchange.answer());
                assertEquals("still there?", exchange.text());
            }
        }
    }

    private static void exchangeRefused(RawDevice device, ErrorCode code, Frame... frames) throws IOException {
        for (Frame frame : frames) {
            device.send(frame);
        }
        Frame answer = device.receive();
        assertEquals(frames[0].exchange(), answer.exchange());
        assertEquals(code, Failure.read(answer).known());
    }

    private static void connectionRefused(ErrorCode code, Frame... frames) throws IOException {
        try (RawDevice device = RawDevice.open(server)) {
            for (Frame frame : frames) {
                device.send(frame);
            }
            Frame answer = device.receive();
            while (answer.exchange() != 0) {
                answer = device.receive();
            }
            assertEquals(code, Failure.read(answer).known());
            assertEquals(-1, device.read());
        }
    }

    @Test
    void takesARepeatedSliceOnce() throws Exception {
        try (RawDevice device = RawDevice.open(server)) {
            device.send(ask(1, "?", 2));
            device.send(slice(1, 0, 10));
            device.send(slice(1, 0, 10));
            device.send(slice(1, 1, 10));
            assertEquals(FrameType.PART, device.receive().type());
            assertEquals(20, Done.read(device.receive()).count("bytes"));
        }
    }

    private static Frame ask(long exchange, String question, int slices) {
        return Links.handmade(question, slices).toFrame(exchange);
    }

    private static Frame slice(long exchange, int index, int bytes) {
        return new Frame(FrameType.SLICE, exchange, index, new byte[bytes]);
    }
}
