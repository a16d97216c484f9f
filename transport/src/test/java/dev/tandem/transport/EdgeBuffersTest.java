package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.TestCertificates;
import dev.tandem.transport.tls.TestCertificates.Fleet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All connections share one budget of bytes, and a greedy device takes its share of it and no more. */
@ExtendWith(NoLeaks.class)
class EdgeBuffersTest {
    private static final int BUDGET = 4 << 20;
    private static final int CONNECTION = 64 << 10;

    private static Fleet fleet;

    @BeforeAll
    static void make(@TempDir Path dir) throws IOException {
        fleet = TestCertificates.fleet(dir);
    }

    private static TandemServer edge() {
        return TandemServer.start(Links.server(fleet.edge()).withBufferBytes(BUDGET), Links.echo());
    }

    private static void politeIsAnswered(TandemServer server) throws Exception {
        for (TransportChoice each : List.of(TransportChoice.TCP, TransportChoice.QUIC)) {
            try (TandemClient polite = TandemClient.connect(ClientSettings
                    .of("localhost", server.address().getPort(), fleet.two(), Links.PACK).withTransport(each))) {
                Talk talk = Talk.ask(polite, Links.ask("what is it?", Links.slice(30_000, 1), Links.slice(900, 2)));
                assertEquals(30_900, Links.get(talk.answer()).count("bytes"));
            }
        }
    }

    @Test
    void giveADeviceItsShareHoweverManyConnectionsItHas() throws Exception {
        List<RawDevice> greedy = new ArrayList<>();
        try (TandemServer server = edge()) {
            long most = 0;
            for (int c = 0; c < 6; c++) {
                greedy.add(RawDevice.open(server, fleet.one()));
            }
            for (int id = 1; id <= 20; id++) {
                for (RawDevice each : greedy) {
                    each.send(Links.handmade("?", 2).toFrame(id));
                    each.send(Frame.slice(id, new Slice(0, 0, Links.slice(100_000, id))));
                    most = Math.max(most, server.bufferedBytes());
                }
            }
            Failure full = refusal(greedy.getLast());
            assertEquals(ErrorCode.OVERLOADED, full.known());
            assertTrue(full.message().contains("no room for [") && full.message().contains("of [4] MiB are free"),
                    full.message());
            assertTrue(most <= BUDGET, "held " + most);
            politeIsAnswered(server);
            for (RawDevice each : greedy) {
                each.close();
            }
            Links.await("all is given back", () -> server.connections() == 0 && server.bufferedBytes() == 0);
        }
    }

    private static Failure refusal(RawDevice device) throws IOException {
        Frame frame = device.receive();
        while (frame.type() != FrameType.ERROR) {
            frame = device.receive();
        }
        return Failure.read(frame);
    }

    @Test
    void keepPartialFramesInEveryStreamADeviceMayOpen() throws Exception {
        int streams = 8 * 64;
        byte[] slice = Frame.slice(1, new Slice(0, 0, new byte[1 << 20])).toBytes();
        try (TandemServer server = edge();
                RawQuicDevice greedy = RawQuicDevice.open(server, fleet.one(), RawQuicDevice.WINDOW)) {
            long most = 0;
            for (int id = 1; id <= streams; id++) {
                byte[] start = Arrays.copyOf(slice, 6_000);
                start[4] = (byte) id;
                start[5] = (byte) (id >> 8);
                greedy.send(Links.handmade("?", 2).toFrame(id).toBytes(), start);
                most = Math.max(most, server.bufferedBytes());
            }
            Links.await("those beyond the credit are refused",
                    () -> server.counters().ended(ErrorCode.TOO_MANY_EXCHANGES)
                            + server.counters().ended(ErrorCode.OVERLOADED) >= streams - 64);
            politeIsAnswered(server);
            assertTrue(most <= BUDGET && server.bufferedBytes() > CONNECTION, "held " + most);
            Links.close(greedy);
            Links.await("all is given back", () -> server.connections() == 0 && server.bufferedBytes() == 0);
        }
    }
}
