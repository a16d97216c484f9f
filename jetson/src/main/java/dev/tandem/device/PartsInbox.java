package dev.tandem.device;

import dev.tandem.task.Part;
import dev.tandem.transport.device.PartTaker;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Takes parts from the link's event loop to the thread that asked, so that a slow terminal never holds up the link.
 * What can pile up is bounded: beyond that the exchange is given up.
 */
final class PartsInbox implements PartTaker {
    /** Parts that wait for the asking thread; a language model gives tens a second. */
    static final int MOST_PARTS = 8_192;
    /** Their bytes. */
    static final long MOST_BYTES = 64L << 20;
    private static final Raw END = new Raw(0, new byte[0]);

    private final BlockingQueue<Raw> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    private record Raw(int kind, byte[] bytes) {}

    /** On the event loop; an exception ends the exchange. */
    @Override
    public void part(int kind, byte[] body) {
        if (waiting.size() >= MOST_PARTS || bytes.get() + body.length > MOST_BYTES) {
            throw new IllegalStateException("taking part " + kind + " of [" + body.length + "] bytes while ["
                    + waiting.size() + "] parts of " + bytes + " bytes wait to be read; needed at most " + MOST_PARTS
                    + " parts and " + MOST_BYTES + " bytes");
        }
        bytes.addAndGet(body.length);
        waiting.add(new Raw(kind, body));
    }

    /**
     * Passes parts on until the answer is complete; what the answer fails with is thrown.
     *
     * @throws dev.tandem.task.MalformedTaskException for a part that is not what docs/wire.md says
     */
    <T> T drain(CompletableFuture<T> answer, Consumer<Part> reader) throws InterruptedException {
        answer.whenComplete((value, failure) -> waiting.add(END));
        for (Raw raw = waiting.take(); raw != END; raw = waiting.take()) {
            bytes.addAndGet(-raw.bytes().length);
            reader.accept(Part.read(raw.kind(), raw.bytes()));
        }
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
    }
}
