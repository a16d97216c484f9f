package dev.tandem.hil.relay;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/**
 * One UDP client: its address, the socket by which the server knows it, and when it was heard last. Only the event loop
 * touches it.
 */
final class UdpSession {
    final InetSocketAddress client;
    Channel upstream;
    long usedNs;

    UdpSession(InetSocketAddress client) {
        this.client = client;
    }
}
