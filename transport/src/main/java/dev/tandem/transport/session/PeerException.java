package dev.tandem.transport.session;

import dev.tandem.transport.frame.ErrorCode;
import java.net.SocketAddress;

/**
 * What went wrong with the other end: its address, the exchange (0: the connection), a code, and the reason in words.
 */
public final class PeerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remote;
    private final long exchange;
    private final ErrorCode code;
    private final String reason;

    public PeerException(SocketAddress remote, long exchange, ErrorCode code, String reason, Throwable cause) {
        super(reason + " (peer [" + remote + "], " + (exchange == 0 ? "connection" : "exchange " + exchange) + ", "
                + code + ")", cause);
        this.remote = String.valueOf(remote);
        this.exchange = exchange;
        this.code = code;
        this.reason = reason;
    }

    /** The reason alone, without the other end's address and the code. */
    public String reason() {
        return reason;
    }

    /** Address of the other end, as text. */
    public String remote() {
        return remote;
    }

    /** Exchange id; 0 when it is about the whole connection. */
    public long exchange() {
        return exchange;
    }

    /** Code of docs/wire.md, section 5; null when the edge sent one that this version does not know. */
    public ErrorCode code() {
        return code;
    }
}
