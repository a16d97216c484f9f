package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.Links;
import io.netty.channel.local.LocalAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Places of an edge: so many in all, so many for one address. */
class EdgeAdmitTest {
    private static final InetSocketAddress ONE = new InetSocketAddress("192.0.2.1", 1);
    private static final InetSocketAddress ONE_AGAIN = new InetSocketAddress("192.0.2.1", 2);
    private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 1);
    private static final SocketAddress NO_ADDRESS = new LocalAddress("test");

    private final FuzzEdge devices = new FuzzEdge();

    private static Edge edge(int connections, int perAddress) {
        ServerSettings settings = ServerSettings.of(null, null, Links.PACK).withConnections(connections)
                .withConnectionsPerAddress(perAddress);
        return new Edge(settings, null, null, LinkListener.NONE);
    }

    @Test
    void givesAnAddressItsPlacesAndNoMore() {
        Edge edge = edge(100, 2);
        assertTrue(edge.admit(ONE));
        assertTrue(edge.admit(ONE_AGAIN));
        assertFalse(edge.admit(ONE));
        assertEquals(Map.of(ONE.getAddress(), 2), edge.perAddress(), "who is refused takes no place");
        assertTrue(edge.admit(OTHER));
        edge.leave(ONE_AGAIN);
        assertEquals(1, edge.perAddress().get(ONE.getAddress()));
        assertTrue(edge.admit(ONE));
        assertFalse(edge.admit(ONE));
        edge.leave(ONE);
        edge.leave(ONE);
        edge.leave(OTHER);
        assertEquals(Map.of(), edge.perAddress(), "addresses that are gone are forgotten");
    }

    @Test
    void givesSoManyPlacesInAll() {
        Edge edge = edge(2, 100);
        edge.connections().addAll(connections(1));
        assertTrue(edge.admit(ONE));
        edge.connections().addAll(connections(1));
        assertFalse(edge.admit(ONE));
        assertFalse(edge.admit(NO_ADDRESS));
    }

    private Set<EdgeConnection> connections(int many) {
        devices.edge.connections().clear();
        for (int i = 0; i < many; i++) {
            new HeardWire(devices);
        }
        return devices.edge.connections();
    }

    @Test
    void countsNoPlacesOfWhatHasNoAddress() {
        Edge edge = edge(100, 1);
        assertTrue(edge.admit(NO_ADDRESS));
        assertTrue(edge.admit(NO_ADDRESS));
        edge.leave(NO_ADDRESS);
        assertEquals(Map.of(), edge.perAddress());
    }

    @Test
    void takesNobodyWhileItCloses() {
        Edge edge = edge(100, 100);
        edge.closing().set(true);
        assertFalse(edge.admit(ONE));
        assertEquals(Map.of(), edge.perAddress());
    }
}
