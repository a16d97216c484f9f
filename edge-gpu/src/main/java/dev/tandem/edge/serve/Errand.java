package dev.tandem.edge.serve;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Something to do on the model thread before all that waits there, such as opening or closing; its own outcome. */
final class Errand<T> extends CompletableFuture<T> implements Runnable {
    private final Supplier<T> what;

    Errand(Supplier<T> what) {
        this.what = what;
    }

    /** Does it; what it throws is its outcome. */
    @Override
    public void run() {
        try {
            complete(what.get());
        } catch (RuntimeException | Error e) {
            completeExceptionally(e);
        }
    }

    /** Waits for the outcome; what was thrown there is thrown here. */
    T await() {
        try {
            return join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException thrown -> throw thrown;
                case Error thrown -> throw thrown;
                default -> throw e;
            }
        }
    }
}
