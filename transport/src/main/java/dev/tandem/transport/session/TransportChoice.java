package dev.tandem.transport.session;

import java.util.Locale;

/** Which transports an end uses: {@code auto} is QUIC with TCP where UDP is blocked (docs/wire.md, section 8). */
public enum TransportChoice {
    AUTO, QUIC, TCP;

    public boolean quic() {
        return this != TCP;
    }

    public boolean tcp() {
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
