package dev.tandem.engine;

import dev.tandem.tensor.Tensor;

/**
 * Tensors attached to a session. Nothing is copied on the host: a run reads the inputs' memory and writes the outputs'.
 * <b>Threads:</b> those of its {@link Session}.
 */
public interface Binding extends AutoCloseable {
    /**
     * Runs the graph once, blocking until every output is written.
     *
     * @throws dev.tandem.foreign.NativeCallException
     *             if the engine reports an error, for example an output of another shape than the run produced
     */
    void run();

    /**
     * Puts another tensor in an input's place for the runs that follow; cheap enough to do for every input of every
     * run.
     *
     * @throws IllegalArgumentException
     *             for an unknown name, a wrong type or shape, or memory the engine cannot reach
     */
    void rebindInput(String name, Tensor tensor);

    /** As {@link #rebindInput}, for an output that was named when the binding was made. */
    void rebindOutput(String name, Tensor tensor);

    /** Lets go of the tensors; their memory stays the caller's. Closing twice does nothing. */
    @Override
    void close();
}
