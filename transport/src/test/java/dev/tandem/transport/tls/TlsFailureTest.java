package dev.tandem.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class TlsFailureTest {
    @Test
    void aConnectionThatTheOtherEndClosedBlamesNoCertificate() {
        TlsFailure edge = TlsFailure.of(new SSLException("failure when writing TLS control frames",
                new ClosedChannelException()), End.EDGE);
        assertEquals(ErrorCode.TLS_FAILED, edge.code());
        assertTrue(edge.reason().startsWith("the device closed the connection before the TLS handshake was done"),
                edge.reason());
        assertFalse(edge.reason().contains("certificate"), edge.reason());

        TlsFailure device = TlsFailure.of(new ClosedChannelException(), End.DEVICE);
        assertEquals("the edge closed the connection before the TLS handshake was done", device.reason());
    }

    @Test
    void whatIsKnownOfAClosedConnectionComesFirst() {
        ClosedChannelException closed = new ClosedChannelException();
        closed.initCause(new SSLException("received fatal alert: unknown_ca"));
        assertEquals(ErrorCode.CERTIFICATE_REFUSED, TlsFailure.of(closed, End.DEVICE).code());
    }

    @Test
    void anythingElseSaysWhatBothEndsNeed() {
        TlsFailure other = TlsFailure.of(new IOException("no route"), End.EDGE);
        assertTrue(other.reason().endsWith("failed [no route]; both ends need TLS 1.3 and a certificate"),
                other.reason());
    }
}
