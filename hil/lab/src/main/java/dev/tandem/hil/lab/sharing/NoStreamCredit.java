package dev.tandem.hil.lab.sharing;

import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Hello;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.io.IOException;

/** Asks over QUIC and grants the edge no byte of any stream to answer in. */
final class NoStreamCredit implements SharingAttack {
    private static final int QUESTIONS = 32;
    private static final int EVERY_MILLIS = 500;

    @Override
    public String name() {
        return "2 no stream credit";
    }

    @Override
    public String what() {
        return "asks 32 questions over QUIC and grants the edge no stream byte to answer in, again and again";
    }

    @Override
    public void prepare(Scene scene) throws IOException {
        scene.target("deaf");
    }

    @Override
    public void run(Scene scene) throws IOException, InterruptedException {
        try (QuicPeer peer = new QuicPeer(scene.target("deaf"))) {
            QuicStreamChannel control = peer.stream();
            QuicPeer.send(control, Hello.of(scene.identity(), "hostile").toFrame().toBytes());
            Asks.settle();
            for (int i = 1; i <= QUESTIONS && !scene.over(); i++) {
                AskRequest question = scene.question();
                QuicStreamChannel stream = peer.stream();
                for (byte[] frame : Asks.frames(question, i)) {
                    QuicPeer.send(stream, frame);
                }
            }
            scene.struck();
            for (int i = 0; i < 10 && !scene.over(); i++) {
                if (!peer.active()) {
                    throw new IOException("the edge ended the QUIC connection");
                }
                QuicPeer.send(control, Frame.of(FrameType.PING, 0, new byte[8]).toBytes());
                scene.pause(EVERY_MILLIS);
            }
        }
    }
}
