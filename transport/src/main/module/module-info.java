/** Frames and the link: knows bytes, not tensors. */
module dev.tandem.transport {
    requires transitive io.netty.buffer;
    requires io.netty.codec;
    requires transitive io.netty.codec.classes.quic;
    requires io.netty.common;
    requires transitive io.netty.handler;
    requires transitive io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.io_uring;
    requires java.naming;
    requires org.slf4j;

    exports dev.tandem.transport.device;
    exports dev.tandem.transport.edge;
    exports dev.tandem.transport.frame;
    exports dev.tandem.transport.session;
    exports dev.tandem.transport.tls;
}
