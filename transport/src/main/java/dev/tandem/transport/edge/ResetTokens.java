package dev.tandem.transport.edge;

import io.netty.handler.codec.quic.QuicResetTokenGenerator;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Stateless reset tokens (RFC 9000, section 10.3) that are new each time, so that a device cannot keep the edge busy
 * with connection ids. After each packet Netty makes as many as the device allows, 1,023 at most, and makes them by
 * signing the same id, so that all are one: with its own tokens, which are as equal, quiche takes each repetition for
 * good and Netty goes on, two HMACs a time. Where the token differs quiche refuses the repetition, and Netty stops.
 * Nobody sends a reset with these tokens: the edge forgets them. Event loop of the listening socket only.
 */
final class ResetTokens implements QuicResetTokenGenerator {
    private static final int BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    @Override
    public ByteBuffer newResetToken(ByteBuffer connectionId) {
        byte[] token = new byte[BYTES];
        random.nextBytes(token);
        return ByteBuffer.wrap(token);
    }
}
