package dev.tandem.engine;

import java.nio.file.Path;

/**
 * Opens graphs. <b>Threads:</b> {@link #open} and {@link #close} may be called from any thread, one at a time; sessions
 * of one engine are independent of each other and may run at the same time on different threads.
 */
public interface Engine extends AutoCloseable {
    /** The provider's name. */
    String name();

    /**
     * Opens an ONNX graph. External data files are read from the graph's own folder. The caller closes the session
     * before the engine.
     *
     * @throws dev.tandem.foreign.NativeCallException
     *             if the file cannot be read, is damaged, or holds an operator the engine lacks
     * @throws IllegalStateException
     *             if the engine is closed
     */
    Session open(Path graph);

    /**
     * Releases what the engine holds. Closing twice does nothing.
     *
     * @throws IllegalStateException
     *             if a session of it is still open: sessions go first
     */
    @Override
    void close();
}
