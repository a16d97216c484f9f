package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.ErrorCode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** Words for people: causes, peers, the choice of a transport. */
class CausesTest {
    @Test
    void findsACauseHoweverDeepAndNoneInACircle() {
        IOException deep = new IOException("torn");
        RuntimeException outer = new RuntimeException("outer", new IllegalStateException(deep));
        assertSame(deep, Causes.find(outer, IOException.class));
        assertSame(outer, Causes.find(outer, RuntimeException.class));
        assertNull(Causes.find(outer, Error.class));
        assertEquals("torn", Causes.deepest(outer));
        assertEquals("IOException", Causes.deepest(new RuntimeException(new IOException())));
        assertEquals(3, Causes.of(outer).count());
        IOException one = new IOException("one");
        one.initCause(new IOException("two", one));
        assertEquals(16, Causes.of(one).count());
    }

    @Test
    void saysWhatAFailureLacksWordsFor() {
        assertEquals("no file [/x/y]", Causes.words(new NoSuchFileException("/x/y")));
        assertEquals("torn", Causes.words(new IOException("torn")));
        assertEquals("IOException", Causes.words(new IOException()));
    }

    @Test
    void saysWhoFailedAtWhatAndWhy() {
        IOException cause = new IOException("torn");
        PeerException ofExchange = new PeerException(null, 7, ErrorCode.CANCELLED, "gone", cause);
        assertEquals("gone (peer [null], exchange 7, CANCELLED)", ofExchange.getMessage());
        assertEquals("gone", ofExchange.reason());
        assertEquals("null", ofExchange.remote());
        assertEquals(7, ofExchange.exchange());
        assertEquals(ErrorCode.CANCELLED, ofExchange.code());
        assertSame(cause, ofExchange.getCause());
        assertTrue(
                new PeerException(null, 0, ErrorCode.CANCELLED, "gone", null).getMessage().contains(", connection,"));
    }

    @Test
    void readsTheChoiceOfATransport() {
        assertEquals(TransportChoice.AUTO, TransportChoice.of("auto"));
        assertEquals(TransportChoice.QUIC, TransportChoice.of("Quic"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> TransportChoice.of("udp")).getMessage()
                .contains("[udp], needed auto, quic or tcp"));
        assertTrue(TransportChoice.AUTO.quic() && TransportChoice.AUTO.tcp());
        assertTrue(TransportChoice.QUIC.quic() && TransportChoice.TCP.tcp());
        assertFalse(TransportChoice.QUIC.tcp() || TransportChoice.TCP.quic());
    }

    @Test
    void saysWhatItIsAndCountsWhatWent() {
        assertTrue(Software.NAME.matches("tandem/\\S+ java/\\d+"), Software.NAME);
        assertEquals(new WireBytes(70, 5), new WireBytes(100, 7).since(new WireBytes(30, 2)));
    }
}
