package dev.tandem.device;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.PeerException;
import java.util.Optional;

/**
 * Whether an edge left a question without an answer that it did not refuse, so that a device that has a guess of its own
 * gives that.
 */
final class Unanswered {
    private Unanswered() {
    }

    /**
     * In words, where the device noticed it itself (no connection, none that can be trusted, a lost one), the edge is too
     * busy, too slow or going, or it had too little to answer from: a picture of which no slice arrived whole. Empty for
     * what this device ended, and for what the edge would refuse again.
     */
    static Optional<String> why(PeerException e) {
        ErrorCode code = e.code();
        if (code == ErrorCode.ANSWER_FAILED) {
            return Optional.of("the edge could not answer, " + e.getMessage());
        }
        boolean outOfReach = code != null && switch (code) {
            case HANDSHAKE_TIMEOUT, NO_LONGER_TRUSTED, OVERLOADED, DEADLINE_EXCEEDED, SHUTTING_DOWN, IDLE -> true;
            case CANCELLED, CLOSED -> false;
            default -> !code.travels();
        };
        return outOfReach ? Optional.of("no edge in reach, " + e.getMessage()) : Optional.empty();
    }
}
