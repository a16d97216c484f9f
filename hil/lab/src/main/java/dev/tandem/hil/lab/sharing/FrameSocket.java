package dev.tandem.hil.lab.sharing;

import dev.tandem.hil.lab.attack.Target;
import dev.tandem.hil.lab.attack.TlsSockets;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Hello;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocket;

/**
 * A device's connection over TCP as an attacker has it: frames out as he likes, frames in when he cares to look.
 * Blocking; one thread writes, another may read or close.
 */
final class FrameSocket implements AutoCloseable {
    private final Socket below;
    private final SSLSocket socket;
    private final DataInputStream in;

    /** Shakes hands and says hello, and does not wait for what the edge says to it. */
    FrameSocket(Target target) throws IOException {
        this(target, "hostile");
    }

    /** The same, as another software. */
    FrameSocket(Target target, String software) throws IOException {
        this(target, Hello.of(target.pack(), software));
    }

    /** The same, with any hello. */
    FrameSocket(Target target, Hello hello) throws IOException {
        TlsSockets sockets = new TlsSockets(target);
        below = sockets.plain();
        socket = sockets.over(below);
        in = new DataInputStream(socket.getInputStream());
        send(hello.toFrame());
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void send(Frame frame) throws IOException {
        send(frame.toBytes());
    }

    /** The next frame; null when none has begun within 300 ms. EOFException when the edge has closed. */
    Frame read() throws IOException {
        byte[] header = new byte[FrameHeader.BYTES];
        try {
            int first = in.read();
            if (first < 0) {
                throw new EOFException("the edge closed the connection");
            }
            header[0] = (byte) first;
        } catch (SocketTimeoutException silence) {
            return null;
        }
        in.readFully(header, 1, header.length - 1);
        FrameHeader read = new FrameHeader().wrap(ByteBuffer.wrap(header), 0);
        byte[] payload = new byte[read.length()];
        in.readFully(payload);
        return new Frame(FrameType.of(read.typeCode()), read.exchange(), read.sequence(), read.tile(), payload);
    }

    /** Reads and notes what the edge says, until the attack is over or the connection has ended. */
    void listen(Scene scene) {
        try {
            while (!scene.over()) {
                Frame frame = read();
                if (frame != null && frame.type() == FrameType.ERROR) {
                    Failure failure = Failure.read(frame);
                    scene.said(failure.known() + ": " + failure.message());
                } else if (frame != null && frame.type() == FrameType.DONE) {
                    scene.said("an answer");
                }
            }
        } catch (IOException ended) {
            scene.said(String.valueOf(ended.getMessage()));
        }
    }

    /** Listens on a thread of its own. */
    Thread listening(Scene scene) {
        return Thread.ofPlatform().daemon().name("tandem-attack-listens").start(() -> listen(scene));
    }

    /** Without TLS's goodbye, which would wait behind a write that the edge does not take. */
    @Override
    public void close() throws IOException {
        if (!below.isClosed()) {
            below.setSoLinger(true, 0);
            below.close();
        }
    }
}
