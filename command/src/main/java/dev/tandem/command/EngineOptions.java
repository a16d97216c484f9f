package dev.tandem.command;

import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineProvider;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import picocli.CommandLine.Option;

/** {@code --engine} and {@code --threads}, for every command that runs graphs in its own process. */
public final class EngineOptions {
    @Option(names = "--engine", paramLabel = "NAME", defaultValue = Engines.AUTO,
            description = "Engine that runs the graphs. Default: ${DEFAULT-VALUE}.")
    private String name;
    @Option(names = "--threads", paramLabel = "N", defaultValue = "0",
            description = "Threads of the engine. Default: one a core.")
    private int threads;

    /**
     * The engine asked for.
     *
     * @throws CommandFailedException for a name that none has
     * @throws dev.tandem.foreign.NativeUnavailableException if it cannot run here
     */
    public EngineProvider provider() {
        return Usage.of("--engine", () -> Engines.select(name));
    }

    /** Makes it; the caller closes it. */
    public Engine create() {
        EngineSettings settings = Usage.of("--threads", () -> EngineSettings.defaults().withThreads(threads));
        return provider().create(settings);
    }

    /** As asked for; 0 means one a core. */
    public int asked() {
        return threads;
    }

    /** Threads that it has. */
    public int threads() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
