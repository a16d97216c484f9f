package dev.tandem.engine;

import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.util.List;
import java.util.Map;

/**
 * An opened graph. <b>Threads:</b> one thread at a time uses a session and its bindings (any thread, if the hand-over
 * is ordered); an overlapping call is refused with {@link IllegalStateException}. Two threads want two sessions.
 */
public interface Session extends AutoCloseable {
    /** The graph's inputs, in its order. */
    List<TensorInfo> inputs();

    /** The graph's outputs, in its order. */
    List<TensorInfo> outputs();

    /**
     * Attaches tensors by name, once, to be run many times. Every input must be given; outputs that are left out are
     * not delivered. All memory is the caller's: it must outlive the binding (or its next rebind) and outputs must have
     * the shape that the run will produce.
     *
     * @throws IllegalArgumentException
     *             for an unknown or missing name, a wrong type or shape, or memory the engine cannot reach
     */
    Binding bind(Map<String, Tensor> inputs, Map<String, Tensor> outputs);

    /** Closes the session and the bindings still open. Closing twice does nothing. */
    @Override
    void close();
}
