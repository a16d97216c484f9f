package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TransportMemoryTest {
    private static final long TEN_MINUTES = 600_000_000_000L;
    private static final long START = Long.MAX_VALUE - TEN_MINUTES / 2; // the clock wraps before the memory fades

    private final TransportMemory memory = new TransportMemory();

    @Test
    void startsWithQuicWhereNothingIsKnown() {
        assertEquals(Transport.QUIC, memory.first("home", START));
    }

    @Test
    void startsWithTcpForTenMinutesWhereItWon() {
        memory.won("site", Transport.TCP, START);
        assertEquals(Transport.TCP, memory.first("site", START));
        assertEquals(Transport.TCP, memory.first("site", START + TEN_MINUTES));
        assertEquals(Transport.QUIC, memory.first("site", START + TEN_MINUTES + 1));
        assertEquals(Transport.QUIC, memory.first("home", START));
    }

    @Test
    void goesBackWhenQuicWins() {
        memory.won("site", Transport.TCP, START);
        memory.won("site", Transport.QUIC, START + 1);
        assertEquals(Transport.QUIC, memory.first("site", START + 2));
    }

    @Test
    void remembersSixtyFourNetworks() {
        for (int i = 0; i < 64; i++) {
            memory.won("network " + i, Transport.TCP, START);
        }
        assertEquals(Transport.TCP, memory.first("network 0", START)); // and so it is the one used last
        memory.won("one more", Transport.TCP, START);
        assertEquals(Transport.QUIC, memory.first("network 1", START), "the one not used for longest is forgotten");
        assertEquals(Transport.TCP, memory.first("network 0", START));
        assertEquals(Transport.TCP, memory.first("network 63", START));
        assertEquals(Transport.TCP, memory.first("one more", START));
    }
}
