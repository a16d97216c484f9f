package dev.tandem.hil.lab.sharing;

import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.PeerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Questions of attackers: as frames, and as a flood over a link that keeps to the protocol. */
final class Asks {
    private static final long LOCAL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int PAUSE_MILLIS = 50;

    private Asks() {
    }

    /** ASK and all slices of a good question, as frames of one exchange. */
    static List<byte[]> frames(AskRequest question, long exchange) {
        List<byte[]> frames = new ArrayList<>();
        frames.add(ask(question, exchange, question.slices().size(), question.need()));
        for (Slice slice : question.slices()) {
            frames.add(Frame.slice(exchange, slice).toBytes());
        }
        return frames;
    }

    /** The ASK of a question, but with another number of slices. */
    static byte[] ask(AskRequest question, long exchange, int slices, Need need) {
        return new Ask(0, slices, Math.min(1, slices), need, 0, 0, slices == 0 ? "" : question.pointName(), "",
                question.task(), question.body()).toFrame(exchange).toBytes();
    }

    /**
     * Keeps so many questions in flight over one link until the attack is over, and makes the link anew when it is
     * gone.
     */
    static void flood(Scene scene, String device, int inFlight, Supplier<AskRequest> questions)
            throws IOException, InterruptedException {
        ClientSettings settings = scene.client(device);
        try (TandemClient link = TandemClient.connect(settings)) {
            Semaphore room = new Semaphore(inFlight);
            while (!scene.over()) {
                if (room.tryAcquire(50, TimeUnit.MILLISECONDS)) {
                    ask(scene, link, questions.get(), room);
                    scene.struck();
                }
            }
        } catch (PeerException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    private static void ask(Scene scene, TandemClient link, AskRequest question, Semaphore room) {
        long sent = System.nanoTime();
        link.ask(question, PoliteDevice.NOBODY).answer().whenComplete((summary, failure) -> {
            scene.said(failure == null ? "an answer" : failure.getMessage());
            if (failure == null || System.nanoTime() - sent > LOCAL_NANOS) {
                room.release();
            } else { // refused by the link here: asking again at once would only heat this machine
                CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS).execute(room::release);
            }
        });
    }

    /**
     * Sends a question over TCP, slices at once, and waits for its end, 5 s at most. EOFException when the edge closes.
     */
    static void exchange(Scene scene, FrameSocket socket, AskRequest question, long exchange) throws IOException {
        for (byte[] frame : frames(question, exchange)) {
            socket.send(frame);
        }
        scene.struck();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!scene.over() && System.nanoTime() < until) {
            Frame frame = socket.read();
            if (frame != null && frame.type() == FrameType.ERROR) {
                scene.said(Failure.read(frame).message());
            }
            if (frame != null && (frame.type() == FrameType.ERROR || frame.type() == FrameType.DONE)) {
                return;
            }
        }
    }

    /** Waits a moment for the edge's hello: whoever asks sooner over QUIC is out of place. */
    static void settle() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(100);
    }
}
