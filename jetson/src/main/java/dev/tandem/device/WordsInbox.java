package dev.tandem.device;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Takes words from the link's event loop to the thread that asked, so that a slow terminal never holds up the link. The
 * answer's token limit bounds what can pile up.
 */
final class WordsInbox implements Consumer<String> {
    private static final String END = new String("end");

    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
    private long firstWord;

    @Override
    public void accept(String piece) {
        words.add(piece);
    }

    /** Passes words on until the answer is complete; what the answer fails with is thrown. */
    <T> T drain(CompletableFuture<T> answer, Consumer<String> reader) throws InterruptedException {
        answer.whenComplete((value, failure) -> words.add(END));
        for (String piece = words.take(); piece != END; piece = words.take()) {
            if (firstWord == 0)
                firstWord = System.nanoTime();
            reader.accept(piece);
        }
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
    }

    /** {@link System#nanoTime()} of the first word, 0 if there was none. */
    long firstWord() {
        return firstWord;
    }
}
