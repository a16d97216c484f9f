package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A slow link that is cut in the middle of a slice: the edge keeps nothing of it, and the device asks again. */
@ExtendWith(NoLeaks.class)
class CutUploadTest {
    private static final int PICTURE = 60_000;
    private static final int CUT_AFTER = 25_000;
    /** What a connection takes by itself. */
    private static final int CONNECTION = 64 << 10;

    /** Passes TCP on, and cuts the first connection when so many bytes have gone up. */
    private static final class Cutter implements AutoCloseable {
        private final ServerSocket front = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        private final AtomicInteger connections = new AtomicInteger();
        private final int edge;

        Cutter(int edge) throws IOException {
            this.edge = edge;
            Thread.ofPlatform().daemon().name("cutter").start(this::accept);
        }

        private void accept() {
            try {
                while (true) {
                    Socket device = front.accept();
                    Socket up = new Socket(InetAddress.getLoopbackAddress(), edge);
                    long limit = connections.getAndIncrement() == 0 ? CUT_AFTER : Long.MAX_VALUE;
                    Thread.ofPlatform().daemon().start(() -> pump(device, up, limit));
                    Thread.ofPlatform().daemon().start(() -> pump(up, device, Long.MAX_VALUE));
                }
            } catch (IOException closed) {
                // the test is over
            }
        }

        private static void pump(Socket from, Socket to, long limit) {
            try (from; to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] piece = new byte[1_000];
                long sum = 0;
                for (int bytes = in.read(piece); bytes > 0 && sum < limit; bytes = in.read(piece)) {
                    out.write(piece, 0, bytes);
                    sum += bytes;
                }
            } catch (IOException cut) {
                // both are closed
            }
        }

        @Override
        public void close() throws IOException {
            front.close();
        }
    }

    @Test
    void keepsNothingOfHalfASlice() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                Cutter cutter = new Cutter(server.address().getPort());
                TandemClient client = TandemClient.connect(ClientSettings
                        .of("localhost", cutter.front.getLocalPort(), TestCertificates.DEVICE, Links.PACK)
                        .withConnect(Duration.ofSeconds(20)).withTransport(TransportChoice.TCP)
                        .withUplinkBytesPerSecond(100_000))) {
            Talk talk = Talk.ask(client, Links.ask("cut", Links.slice(1_000, 1), Links.slice(PICTURE, 2))
                    .withDeadline(Duration.ofSeconds(25)));
            Links.await("half of it is there", () -> server.bufferedBytes() > CONNECTION + 5_000);
            assertEquals(PICTURE + 1_000, Links.get(talk.answer()).count("bytes"));
            assertEquals(2, client.connections());
            assertEquals(1, server.counters().ended(ErrorCode.PEER_CLOSED));
            Links.await("what was cut is given back", () -> server.bufferedBytes() == CONNECTION);
            assertTrue(talk.bytesSent() > PICTURE, "all of it was sent again");
        }
    }
}
