package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.local.LocalAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

class HandshakeLoadTest {
    private static final SocketAddress ONE = at(1, 1);

    private final HandshakeLoad load = new HandshakeLoad();

    private static SocketAddress at(int host, int port) {
        return new InetSocketAddress("192.0.2." + host, port);
    }

    private void begin(int times, SocketAddress from) {
        for (int i = 0; i < times; i++) {
            load.begin(from);
        }
    }

    @Test
    void isHighForTheAddressThatHasBegunManyFromWhateverPort() {
        begin(HandshakeLoad.MANY_FROM_ONE - 1, ONE);
        assertFalse(load.high(ONE));
        load.begin(at(1, 2));
        assertTrue(load.high(ONE));
        assertTrue(load.high(at(1, 3)));
        assertFalse(load.high(at(2, 1)), "another address");
    }

    @Test
    void fallsByOneWithEachThatEnds() {
        begin(HandshakeLoad.MANY_FROM_ONE + 1, ONE);
        load.end(ONE);
        assertTrue(load.high(ONE));
        load.end(ONE);
        assertFalse(load.high(ONE));
        load.begin(ONE);
        assertTrue(load.high(ONE));
        for (int i = 0; i < HandshakeLoad.MANY_FROM_ONE; i++) {
            load.end(ONE);
        }
        begin(HandshakeLoad.MANY_FROM_ONE - 1, ONE);
        assertFalse(load.high(ONE));
    }

    @Test
    void isHighForAllWhenManyHaveBegun() {
        for (int i = 1; i < HandshakeLoad.MANY; i++) {
            load.begin(at(i, 1));
        }
        assertFalse(load.high(at(200, 1)));
        load.begin(at(100, 1));
        assertTrue(load.high(at(200, 1)));
        load.end(at(100, 1));
        assertFalse(load.high(at(200, 1)));
    }

    @Test
    void takesAnAddressThatIsNoneForThisMachine() {
        begin(HandshakeLoad.MANY_FROM_ONE, new LocalAddress("test"));
        assertTrue(load.high(new InetSocketAddress("127.0.0.1", 1)));
        assertTrue(load.high(null));
        assertFalse(load.high(ONE));
    }
}
