package dev.tandem.hil.lab.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.hil.lab.NoLeaks;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.TransportChoice;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each trick on a real edge: it ends with the reason that docs/wire.md names, and a polite device is answered. */
@ExtendWith(NoLeaks.class)
class TrickedEdgeTest {
    /** Its garbage is long enough to be read as a header. */
    private static final long SEED = 3;
    private static Victim edge;
    private static TandemClient polite;

    @BeforeAll
    static void start() throws Exception {
        edge = Victim.start();
        polite = edge.polite(TransportChoice.TCP);
    }

    @AfterAll
    static void stop() {
        polite.close();
        edge.close();
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void endsWithItsReason(Trick trick) throws Exception {
        ErrorCode reason = reason(trick);
        long before = reason == null ? 0 : edge.ended(reason);
        long answered = edge.counters().answered();
        try (Socket socket = new TlsSockets(edge.target()).encrypted()) {
            socket.getOutputStream().write(Trick.hello(Victim.PACK));
            for (byte[] piece : trick.pieces(Victim.PACK, new SplittableRandom(SEED))) {
                socket.getOutputStream().write(piece);
            }
            socket.getOutputStream().flush();
            listen(socket);
        } catch (IOException closed) {
            // the edge need not listen to the end
        }
        if (reason != null) {
            Victim.await(trick + " ends with " + reason, () -> edge.ended(reason) > before);
        }
        Victim.answered(polite);
        assertEquals(1, polite.connections());
        Victim.await("only the polite one is left", () -> edge.connections() == 1 && edge.counters().open() == 0);
        // Slices may come in any order; nothing else here is a question that deserves an answer.
        assertEquals(answered + (trick == Trick.REORDERED ? 2 : 1), edge.counters().answered());
    }

    private static ErrorCode reason(Trick trick) {
        return switch (trick) {
            case GARBAGE, OVERSIZED_LENGTH, BEYOND_COUNT, BEYOND_TILES, NEVER_OPENED -> ErrorCode.MALFORMED_FRAME;
            case OPENED_TWICE, FRAME_OF_AN_EDGE, SECOND_HELLO -> ErrorCode.UNEXPECTED_FRAME;
            case OVERSIZED_COUNT -> ErrorCode.TOO_MANY_SLICES;
            case LONG_TASK -> ErrorCode.TASK_TOO_LARGE;
            case REPEATED -> ErrorCode.CANCELLED;
            case CONTRADICTORY -> ErrorCode.DUPLICATE_SLICE;
            case TOO_LARGE -> ErrorCode.EXCHANGE_TOO_LARGE;
            case TOO_MANY -> ErrorCode.TOO_MANY_EXCHANGES;
            case HALF_A_FRAME -> ErrorCode.PEER_CLOSED;
            case REORDERED, GOODBYE, SILENCE -> null;
        };
    }

    private static void listen(Socket socket) throws IOException {
        try {
            byte[] said = new byte[4_096];
            for (int read = 0; read >= 0;) {
                read = socket.getInputStream().read(said);
            }
        } catch (SocketTimeoutException nothingMore) {
            // it waits, as it may
        }
    }
}
