package dev.tandem.transport.session;

/** What carries a connection's frames. */
public enum Transport {
    QUIC, TCP
}
