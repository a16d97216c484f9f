package dev.tandem.transport.wire;

import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.tls.TlsFailure;
import java.security.cert.X509Certificate;

/** What one end's logic hears of its {@link Wire}. All calls on the wire's event loop. */
public interface WireEvents {
    /** The wire is encrypted and both ends are known; {@code peer} is null on a laboratory wire without TLS. */
    void up(X509Certificate peer);

    /** A frame of a stream, within the rules. */
    void frame(Frame frame);

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
