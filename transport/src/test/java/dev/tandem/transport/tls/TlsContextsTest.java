package dev.tandem.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.NoLeaks;
import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import java.io.EOFException;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault of a certificate over real handshakes of both transports, in words on the side that noticed. */
@ExtendWith(NoLeaks.class)
class TlsContextsTest {
    static Stream<Function<TlsContexts, HandshakePair>> transports() {
        return Stream.of(TcpPair::new, QuicPair::new);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void knowsEachOtherAlsoOnAResumedSession(Function<TlsContexts, HandshakePair> transport) throws Exception {
        try (TlsContexts edge = TlsContexts.edge(TestCertificates.EDGE);
                TlsContexts device = TlsContexts.device(TestCertificates.DEVICE);
                HandshakePair pair = transport.apply(edge)) {
            for (int i = 0; i < 2; i++) {
                try (HandshakePair.Connection connection = pair.connect(device, "localhost")) {
                    assertEquals("hello", connection.echo("hello"));
                    assertEquals("edge-1", connection.device().peer());
                    assertEquals("device-1", connection.edge().peer());
                    assertEquals(i > 0, connection.device().resumed(), "connection " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void namesTheEdgesFaultOnTheDevice(Function<TlsContexts, HandshakePair> transport) throws Exception {
        assertDeviceRefuses(transport, TestCertificates.EDGE, "wrong.example", ErrorCode.CERTIFICATE_WRONG_HOST,
                "another host");
        assertDeviceRefuses(transport, TestCertificates.FAR_EDGE, "localhost", ErrorCode.CERTIFICATE_WRONG_HOST,
                "another host");
        assertDeviceRefuses(transport, TestCertificates.EXPIRED_EDGE, "localhost", ErrorCode.CERTIFICATE_EXPIRED,
                "has expired");
        assertDeviceRefuses(transport, TestCertificates.EARLY_EDGE, "localhost", ErrorCode.CERTIFICATE_EXPIRED,
                "not valid yet");
        assertDeviceRefuses(transport,
                TestCertificates.trusting(TestCertificates.STRANGE_EDGE, TestCertificates.DEVICE),
                "localhost", ErrorCode.CERTIFICATE_UNTRUSTED, "authority");
        assertDeviceRefuses(transport, TestCertificates.DEVICE, "localhost", ErrorCode.CERTIFICATE_UNTRUSTED,
                "key usage");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void namesTheDevicesFaultOnTheEdge(Function<TlsContexts, HandshakePair> transport) throws Exception {
        assertEdgeRefuses(transport, TestCertificates.EXPIRED_DEVICE, ErrorCode.CERTIFICATE_EXPIRED, "has expired");
        assertEdgeRefuses(transport, TestCertificates.EARLY_DEVICE, ErrorCode.CERTIFICATE_EXPIRED, "not valid yet");
        assertEdgeRefuses(transport, TestCertificates.trusting(TestCertificates.STRANGE_DEVICE, TestCertificates.EDGE),
                ErrorCode.CERTIFICATE_UNTRUSTED, "authority");
        assertEdgeRefuses(transport, TestCertificates.EDGE, ErrorCode.CERTIFICATE_UNTRUSTED, "key usage");
    }

    private static void assertDeviceRefuses(Function<TlsContexts, HandshakePair> transport, Credentials bad,
            String host, ErrorCode code, String words) throws Exception {
        try (TlsContexts edge = TlsContexts.edge(bad);
                TlsContexts device = TlsContexts.device(TestCertificates.DEVICE);
                HandshakePair pair = transport.apply(edge);
                HandshakePair.Connection connection = pair.connect(device, host)) {
            assertFailure(connection.device().failure(), code, words);
            assertFailure(connection.edge().failure(), ErrorCode.CERTIFICATE_REFUSED, "refused this end's certificate");
        }
    }

    private static void assertEdgeRefuses(Function<TlsContexts, HandshakePair> transport, Credentials bad,
            ErrorCode code, String words) throws Exception {
        try (TlsContexts edge = TlsContexts.edge(TestCertificates.EDGE);
                TlsContexts device = TlsContexts.device(bad);
                HandshakePair pair = transport.apply(edge);
                HandshakePair.Connection connection = pair.connect(device, "localhost")) {
            assertFailure(connection.edge().failure(), code, words);
            assertFailure(connection.device().failure(), ErrorCode.CERTIFICATE_REFUSED,
                    "refused this end's certificate");
        }
    }

    @Test
    void aFailureThatIsNoneOfTheKnownNamesItsInnermostCause() {
        Exception failure = new SSLException("Unexpected exception", new EOFException());
        assertFailure(TlsFailure.of(failure, End.EDGE), ErrorCode.TLS_FAILED,
                "device failed [Unexpected exception: EOFException]");
        assertFailure(TlsFailure.of(new SSLException("no cipher"), End.EDGE), ErrorCode.TLS_FAILED, "[no cipher]");
    }

    static void assertFailure(TlsFailure failure, ErrorCode code, String words) {
        assertTrue(failure != null && failure.code() == code && failure.reason().contains(words),
                "wanted " + code + " with [" + words + "], was " + failure);
    }
}
