package dev.tandem.engine;

/**
 * Makes engines of one kind; found by {@link java.util.ServiceLoader}, so nobody imports an implementation. Creating a
 * provider and asking {@link #availability()} never throws and never ends the process, whatever is missing.
 * <p>
 * <b>Threads:</b> stateless, any thread.
 */
public interface EngineProvider {
    /** Short and stable, as typed on a command line: {@code "onnx"}, {@code "onnx-cuda"}. */
    String name();

    /** Order among available providers when the choice is left to us; the highest wins. */
    int rank();

    /** Whether this machine can run it, or why not. The answer is probed once and kept. */
    Availability availability();

    /**
     * Makes an engine; the caller closes it after its sessions.
     *
     * @throws dev.tandem.foreign.NativeUnavailableException
     *             if {@link #availability()} says no
     * @throws IllegalArgumentException
     *             if the settings ask for something this engine cannot honour
     */
    Engine create(EngineSettings settings);
}
