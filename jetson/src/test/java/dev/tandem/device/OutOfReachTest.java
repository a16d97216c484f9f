package dev.tandem.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.PeerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutOfReachTest {
    private static boolean outOfReach(ErrorCode code) {
        return OutOfReach.is(new PeerException(null, 0, code, "said so", null));
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void anEdgeThatRefusesIsInReach(ErrorCode code) {
        assertEquals(switch (code) {
            case HANDSHAKE_TIMEOUT, OVERLOADED, DEADLINE_EXCEEDED, SHUTTING_DOWN, IDLE, UNREACHABLE, CONNECT_TIMEOUT,
                    TLS_FAILED, CERTIFICATE_EXPIRED, CERTIFICATE_UNTRUSTED, CERTIFICATE_WRONG_HOST,
                    CERTIFICATE_REFUSED, CERTIFICATE_REVOKED, NO_LONGER_TRUSTED, PEER_CLOSED ->
                true;
            default -> false;
        }, outOfReach(code));
    }

    @Test
    void aCodeOfANewerEdgeIsARefusal() {
        assertFalse(outOfReach(null));
    }
}
