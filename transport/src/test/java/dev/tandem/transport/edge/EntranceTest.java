package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.Links;
import io.netty.channel.local.LocalAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Places of an edge for devices that have said hello: so many in all, so many for one address. */
class EntranceTest {
    private static final InetSocketAddress ONE = new InetSocketAddress("192.0.2.1", 1);
    private static final InetSocketAddress ONE_AGAIN = new InetSocketAddress("192.0.2.1", 2);
    private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 1);
    private static final SocketAddress NO_ADDRESS = new LocalAddress("test");

    private final FuzzEdge devices = new FuzzEdge();

    static Entrance entrance(int connections, int perAddress) {
        ServerSettings settings = ServerSettings.of(null, null, Links.PACK).withConnections(connections)
                .withConnectionsPerAddress(perAddress);
        return new Entrance(settings, new LinkCounters(), new SparingLog(
                LoggerFactory.getLogger("dev.tandem.transport.test"), "strangers", 5, 1, System::nanoTime));
    }

    private EdgeConnection device() {
        return new HeardWire(devices).connection;
    }

    @Test
    void anAddressHasItsPlacesAndNoMore() {
        Entrance entrance = entrance(100, 2);
        EdgeConnection first = device();
        EdgeConnection second = device();
        EdgeConnection refused = device();
        assertNull(entrance.enters(first, ONE));
        assertNull(entrance.enters(second, ONE_AGAIN));
        String why = entrance.enters(refused, ONE);
        assertTrue(why.contains("[2]") && why.contains("address"), why);
        assertEquals(2, entrance.connections().size(), "who is refused takes no place");
        assertNull(entrance.enters(device(), OTHER));
        entrance.leaves(refused, ONE);
        assertNotNull(entrance.enters(refused, ONE), "who had no place gives none back");
        entrance.leaves(second, ONE_AGAIN);
        entrance.leaves(second, ONE_AGAIN);
        assertNull(entrance.enters(refused, ONE));
        assertNotNull(entrance.enters(device(), ONE), "a place is given back once");
    }

    @Test
    void thereAreSoManyPlacesInAll() {
        Entrance entrance = entrance(2, 100);
        assertNull(entrance.enters(device(), ONE));
        assertNull(entrance.enters(device(), OTHER));
        String why = entrance.enters(device(), new InetSocketAddress("192.0.2.3", 1));
        assertTrue(why.contains("[2]") && !why.contains("address"), why);
    }

    @Test
    void whatHasNoAddressSharesOne() {
        Entrance entrance = entrance(100, 1);
        assertNull(entrance.enters(device(), NO_ADDRESS));
        assertNotNull(entrance.enters(device(), NO_ADDRESS));
    }

    @Test
    void nobodyComesInOnceItIsClosed() {
        Entrance entrance = entrance(100, 100);
        entrance.close();
        assertEquals("the edge is shutting down", entrance.enters(device(), ONE));
        assertTrue(entrance.connections().isEmpty());
    }
}
