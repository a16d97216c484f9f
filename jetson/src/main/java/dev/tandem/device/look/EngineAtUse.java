package dev.tandem.device.look;

import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.engine.GraphFile;
import dev.tandem.engine.Session;
import dev.tandem.tensor.MemoryKind;
import java.util.Set;

/**
 * An engine that is made when the first graph is opened, since a method without graphs needs none and an engine's
 * library costs a device time and memory. <b>Threads:</b> as {@link Engine}.
 */
final class EngineAtUse implements Engine {
    private final String chosen;
    private final EngineSettings settings;
    private Engine engine;
    private boolean closed;

    /** {@code chosen} is a provider's name, or {@link Engines#AUTO}. */
    EngineAtUse(String chosen, EngineSettings settings) {
        this.chosen = chosen;
        this.settings = settings;
    }

    private Engine engine() {
        if (closed) {
            throw new IllegalStateException("using the engine [" + chosen + "] after close");
        }
        if (engine == null) {
            engine = Engines.select(chosen).create(settings);
        }
        return engine;
    }

    @Override
    public String name() {
        return engine().name();
    }

    @Override
    public Set<MemoryKind> takes() {
        return engine().takes();
    }

    /**
     * As {@link Engine#open}.
     *
     * @throws dev.tandem.foreign.NativeUnavailableException if the engine cannot run here
     */
    @Override
    public Session open(GraphFile graph) {
        return engine().open(graph);
    }

    @Override
    public void close() {
        closed = true;
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }
}
