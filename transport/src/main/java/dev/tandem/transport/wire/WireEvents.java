package dev.tandem.transport.wire;

import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.tls.TlsFailure;
import java.security.cert.X509Certificate;
import java.util.List;

/** What one end's logic hears of its {@link Wire}. All calls on the wire's event loop. */
public interface WireEvents {
    /**
     * The wire is encrypted and both ends are known; {@code chain}: the other end's certificate and those that vouch for
     * it, none on a laboratory wire without TLS.
     */
    void up(List<X509Certificate> chain);

    /** A frame of a stream, within the rules. */
    void frame(Frame frame);

    /** A frame of a stream, an ASK or a SLICE, for which this end had no room; {@code why}: in words for the other. */
    void dropped(FrameType type, long exchange, String why);

    /** A SLICE, or a copy of an ASK, of a datagram: may repeat, overtake and come late. */
    void datagram(Frame frame);

    /** A datagram that is neither or breaks the rules; it was dropped. */
    void badDatagram(RuntimeException why);

    /** An exchange's stream ended from the other side before its terminal frame. */
    void streamEnded(long exchange);

    /** The handshake failed, and this is why. */
    void refused(TlsFailure why);

    /** A frame broke the protocol, or the socket failed. */
    void broken(Throwable cause);

    /** The device has a new address; control frames from now on arrive, earlier ones may not have. */
    void moved();

    /** Parts may be written again. */
    void writable();

    /** The wire is gone; nothing follows. {@code reason} is the other end's, or null. */
    void down(String reason);
}
