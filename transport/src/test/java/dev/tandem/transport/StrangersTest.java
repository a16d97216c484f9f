package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.ServerSettings;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.TestCertificates;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Those who knock and say not who they are: they take no place of a device, and fill no log. */
@ExtendWith(NoLeaks.class)
class StrangersTest {
    private static final int STRANGERS = 400;
    private static final int PLACES = 3;
    /** Of unfinished handshakes from one address. */
    private static final int MOST = 128;

    private static ServerSettings edge() {
        return Links.server().withConnections(PLACES);
    }

    private static String ask(TandemClient client) throws Exception {
        Talk talk = Talk.ask(client, "still there?");
        Links.get(talk.answer());
        return talk.text();
    }

    private static void fillsEveryPlace(TandemServer server, TransportChoice transport) throws Exception {
        List<TandemClient> devices = new ArrayList<>();
        try {
            for (int i = 0; i < PLACES; i++) {
                devices.add(TandemClient.connect(Links.client(server, transport)));
                assertEquals("still there?", ask(devices.getLast()));
            }
            assertEquals(PLACES, server.connections());
            PeerException full = assertThrows(PeerException.class,
                    () -> TandemClient.connect(Links.client(server, transport)).close());
            assertTrue(full.getMessage().contains("devices are connected already, the most this edge takes"),
                    full.getMessage());
        } finally {
            devices.forEach(TandemClient::close);
        }
    }

    @Test
    void takeNoPlaceAndFewLinesOverTcp() throws Exception {
        List<Socket> strangers = new ArrayList<>();
        try (LogLines log = new LogLines(); TandemServer server = TandemServer.start(edge(), Links.echo())) {
            for (int i = 0; i < STRANGERS; i++) {
                strangers.add(new Socket("127.0.0.1", server.address().getPort()));
            }
            Links.await("those beyond the limit give way",
                    () -> server.counters().ended(ErrorCode.OVERLOADED) == STRANGERS - MOST);
            assertEquals(MOST, strangers.stream().filter(StrangersTest::open).count());
            assertEquals(0, server.connections());
            fillsEveryPlace(server, TransportChoice.TCP);
            assertTrue(log.with("handshake").size() < 40, "lines: " + log.with("handshake").size());
        } finally {
            for (Socket each : strangers) {
                each.close();
            }
        }
    }

    private static boolean open(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** They prove their address, as they must where there are many, and then go no further. */
    @Test
    void takeNoPlaceOverQuic() throws Exception {
        List<AutoCloseable> strangers = new ArrayList<>();
        try (TandemServer server = TandemServer.start(edge(), Links.echo())) {
            for (int i = 0; i < 4 * PLACES; i++) {
                UdpFork fork = new UdpFork(server.address().getPort());
                fork.dropDown(bytes -> bytes > 300);
                RawQuicDevice stranger = RawQuicDevice.begin(fork.port(), TestCertificates.DEVICE);
                strangers.add(fork);
                strangers.addFirst(stranger);
            }
            fillsEveryPlace(server, TransportChoice.QUIC);
        } finally {
            for (AutoCloseable each : strangers) {
                each.close();
            }
        }
    }
}
