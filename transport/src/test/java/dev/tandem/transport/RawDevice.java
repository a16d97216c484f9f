package dev.tandem.transport;

import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.FrameRules;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.HelloAck;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.tls.Credentials;
import dev.tandem.transport.tls.TestCertificates;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocket;

/** A device that sends whatever a test wants, over a blocking TLS socket. */
final class RawDevice implements AutoCloseable {
    private final SSLSocket socket;
    private final DataInputStream in;
    private boolean open;

    private RawDevice(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        socket.setSoTimeout(Links.PATIENCE_SECONDS * 1_000);
    }

    /** TLS with these credentials, or without a certificate when null. */
    static RawDevice connect(int port, Credentials credentials) throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols("TLSv1.3")
                .trustManager((credentials == null ? TestCertificates.EDGE : credentials).trust().toFile());
        if (credentials != null) {
            builder.keyManager(credentials.certificate().toFile(), credentials.key().toFile());
        }
        JdkSslContext context = (JdkSslContext) builder.build();
        SSLSocket socket = (SSLSocket) context.context().getSocketFactory().createSocket("127.0.0.1", port);
        return new RawDevice(socket);
    }

    /** Connected and greeted. */
    static RawDevice open(TandemServer server) throws IOException {
        return open(server, TestCertificates.DEVICE);
    }

    /** The same with another certificate. */
    static RawDevice open(TandemServer server, Credentials credentials) throws IOException {
        RawDevice device = connect(server.address().getPort(), credentials);
        device.send(Hello.of(Links.PACK, "raw").toFrame());
        HelloAck.read(device.receive());
        device.open = true;
        return device;
    }

    void send(Frame frame) throws IOException {
        write(frame.toBytes());
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    int read() throws IOException {
        return in.read();
    }

    /** The next frame that the edge sends, credits and reports left out. */
    Frame receive() throws IOException {
        Frame frame = next();
        while (frame.type() == FrameType.CREDIT || frame.type() == FrameType.LINK_REPORT) {
            frame = next();
        }
        return frame;
    }

    private Frame next() throws IOException {
        byte[] header = new byte[FrameHeader.BYTES];
        in.readFully(header);
        FrameRules rules = open ? FrameRules.open(End.EDGE, LinkLimits.defaults()) : FrameRules.opening(End.EDGE);
        FrameHeader fields = new FrameHeader().wrap(ByteBuffer.wrap(header), 0);
        FrameType type = rules.check(fields);
        byte[] payload = new byte[fields.length()];
        in.readFully(payload);
        return new Frame(type, fields.exchange(), fields.sequence(), fields.tile(), payload);
    }

    /** Ends without a word: no BYE, no TLS close. */
    void drop() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
