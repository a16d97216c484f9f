package dev.tandem.engine;

import dev.tandem.tensor.MemoryKind;
import java.util.Set;

/**
 * Opens graphs. <b>Threads:</b> {@link #open} and {@link #close} may be called from any thread, one at a time; sessions
 * of one engine are independent of each other and may run at the same time on different threads.
 */
public interface Engine extends AutoCloseable {
    /** The provider's name. */
    String name();

    /** The kinds of memory that a binding may be given; the same for every session. */
    Set<MemoryKind> takes();

    /**
     * Opens an ONNX graph. External data files are read from the graph's own folder. The caller closes the session
     * before the engine.
     *
     * @throws dev.tandem.foreign.NativeCallException
     *             if the file cannot be read, is damaged, or holds an operator the engine lacks: names graph and file,
     *             and says what the runtime said
     * @throws IllegalStateException
     *             if the engine is closed
     */
    Session open(GraphFile graph);

    /**
     * Releases what the engine holds. Closing twice does nothing.
     *
     * @throws IllegalStateException
     *             if a session of it is still open: sessions go first
     */
    @Override
    void close();
}
