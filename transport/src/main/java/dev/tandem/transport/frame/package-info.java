/**
 * Frames of docs/wire.md: the 12-byte header that TCP, QUIC streams and QUIC datagrams share, the payloads, what a
 * receiver takes. Knows bytes, neither sockets nor Netty, and keeps nothing between frames. A frame that breaks the
 * rules is a {@link dev.tandem.transport.frame.FrameException}, never another exception, whatever the bytes.
 */
package dev.tandem.transport.frame;
