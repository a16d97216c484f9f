package dev.tandem.engine;

import dev.tandem.foreign.NativeUnavailableException;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Finds engine providers. <b>Threads:</b> any. */
public final class Engines {
    /** The name that leaves the choice to us. */
    public static final String AUTO = "auto";

    private Engines() {
    }

    /** Every provider on the class path, available or not, highest rank first. */
    public static List<EngineProvider> all() {
        return ServiceLoader.load(EngineProvider.class).stream().map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(EngineProvider::rank).reversed().thenComparing(EngineProvider::name))
                .toList();
    }

    /**
     * The provider of that name, or with {@link #AUTO} the available one of highest rank.
     *
     * @throws IllegalArgumentException
     *             if no provider has that name; the message lists those that exist
     * @throws NativeUnavailableException
     *             if the chosen one (with "auto": any) cannot run here, with the reasons
     */
    public static EngineProvider select(String nameOrAuto) {
        return select(all(), nameOrAuto);
    }

    static EngineProvider select(List<EngineProvider> providers, String name) {
        if (AUTO.equals(name)) {
            return providers.stream().filter(p -> p.availability().available()).findFirst()
                    .orElseThrow(() -> new NativeUnavailableException("every engine", providers.isEmpty()
                            ? List.of("no engine provider is on the class path")
                            : providers.stream().map(p -> p.name() + ": " + p.availability().reason()).toList()));
        }
        EngineProvider found = providers.stream().filter(p -> p.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no engine is called [" + name + "]; known: ["
                        + providers.stream().map(EngineProvider::name).collect(Collectors.joining(", ")) + ", " + AUTO
                        + "]"));
        if (!found.availability().available()) {
            throw new NativeUnavailableException("engine [" + name + "]", found.availability().reasons());
        }
        return found;
    }
}
