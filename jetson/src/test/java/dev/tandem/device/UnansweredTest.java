package dev.tandem.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.PeerException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnansweredTest {
    private static Optional<String> why(ErrorCode code) {
        return Unanswered.why(new PeerException(null, 0, code, "said so", null));
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void whatIsRefusedIsNotGuessed(ErrorCode code) {
        String words = switch (code) {
            case HANDSHAKE_TIMEOUT, OVERLOADED, DEADLINE_EXCEEDED, SHUTTING_DOWN, IDLE, UNREACHABLE, CONNECT_TIMEOUT,
                    TLS_FAILED, CERTIFICATE_EXPIRED, CERTIFICATE_UNTRUSTED, CERTIFICATE_WRONG_HOST,
                    CERTIFICATE_REFUSED, CERTIFICATE_REVOKED, NO_LONGER_TRUSTED, PEER_CLOSED ->
                "no edge in reach, said so";
            case ANSWER_FAILED -> "the edge could not answer, said so";
            default -> "";
        };
        assertEquals(words, why(code).map(w -> w.substring(0, w.indexOf(" ("))).orElse(""));
    }

    @Test
    void aCodeOfANewerEdgeIsARefusal() {
        assertTrue(why(null).isEmpty());
    }
}
