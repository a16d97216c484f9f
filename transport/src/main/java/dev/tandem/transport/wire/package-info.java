/**
 * What carries frames: QUIC streams and datagrams, or a TCP channel, behind one interface, {@link
 * dev.tandem.transport.wire.Wire}. Owns Netty's channels and buffers; each wire belongs to one event loop. Keeps out
 * exchanges, deadlines and what either end decides.
 */
package dev.tandem.transport.wire;
