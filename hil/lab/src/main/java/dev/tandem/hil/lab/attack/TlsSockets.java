package dev.tandem.hil.lab.attack;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Blocking sockets to the edge: plain, and with TLS and a device's certificate. */
public final class TlsSockets {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 300;

    private final Target target;
    private final SSLSocketFactory factory;

    /** With the target's credentials. */
    public TlsSockets(Target target) {
        this.target = target;
        try {
            JdkSslContext context = (JdkSslContext) SslContextBuilder.forClient().sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3").trustManager(target.credentials().trust().toFile())
                    .keyManager(target.credentials().certificate().toFile(), target.credentials().key().toFile())
                    .build();
            factory = context.context().getSocketFactory();
        } catch (SSLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connected, and nothing said. */
    public Socket plain() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(Target.HOST, target.port()), CONNECT_MILLIS);
        socket.setSoTimeout(READ_MILLIS);
        return socket;
    }

    /** Shaken hands. */
    SSLSocket encrypted() throws IOException {
        return over(plain());
    }

    /** TLS on a plain one, shaken hands; it is closed where that fails. */
    public SSLSocket over(Socket below) throws IOException {
        below.setSoTimeout(CONNECT_MILLIS);
        SSLSocket socket = (SSLSocket) factory.createSocket(below, Target.HOST, target.port(), true);
        try {
            socket.startHandshake();
            socket.setSoTimeout(READ_MILLIS);
            return socket;
        } catch (IOException e) {
            below.close();
            throw e;
        }
    }
}
