package dev.tandem.transport.session;

/**
 * Bytes handed to and taken from the socket of a connection: TLS handshake and records included, TCP and IP headers
 * not.
 *
 * @param written bytes sent
 * @param read bytes received
 */
public record WireBytes(long written, long read) {
    /** What came on top of an earlier reading. */
    public WireBytes since(WireBytes earlier) {
        return new WireBytes(written - earlier.written, read - earlier.read);
    }
}
