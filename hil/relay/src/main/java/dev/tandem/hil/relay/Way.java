package dev.tandem.hil.relay;

/** Which way a packet goes: up is from the client (device) to the server (edge). */
public enum Way {
    /** From the client to the server. */
    UP,
    /** From the server to the client. */
    DOWN
}
