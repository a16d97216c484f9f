package dev.tandem.device;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.PeerException;

/** Whether an edge failed to answer because none was in reach in time, and not because it refused what was asked. */
final class OutOfReach {
    private OutOfReach() {
    }

    /**
     * True where the device noticed it itself (no connection, none that can be trusted, a lost one), or the edge is too
     * busy, too slow or going. False for what this device ended, and for what the edge would refuse again.
     */
    static boolean is(PeerException why) {
        ErrorCode code = why.code();
        return code != null && switch (code) {
            case HANDSHAKE_TIMEOUT, NO_LONGER_TRUSTED, OVERLOADED, DEADLINE_EXCEEDED, SHUTTING_DOWN, IDLE -> true;
            case CANCELLED, CLOSED -> false;
            default -> !code.travels();
        };
    }
}
