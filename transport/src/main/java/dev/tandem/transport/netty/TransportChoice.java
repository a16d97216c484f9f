package dev.tandem.transport.netty;

import java.util.Locale;

/** Which transports an end uses: {@code auto} is QUIC with TCP where UDP is blocked (docs/wire.md, section 8). */
public enum TransportChoice {
    AUTO, QUIC, TCP;

    boolean quic() {
        return this != TCP;
    }

    boolean tcp() {
        return this != QUIC;
    }

    /** As users write it: auto, quic or tcp. IllegalArgumentException for anything else. */
    public static TransportChoice of(String word) {
        try {
            return valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("transport [" + word + "], needed auto, quic or tcp", e);
        }
    }
}
