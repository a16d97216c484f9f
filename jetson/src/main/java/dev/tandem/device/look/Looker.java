package dev.tandem.device.look;

import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.method.SliceLimits;
import dev.tandem.task.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at pictures. Engine and device halves are opened at their first use and kept, so that nothing is opened, and no
 * file hashed, that the points in use do not need. <b>Threads:</b> the first look, all others and close on one thread.
 */
public final class Looker implements AutoCloseable {
    private final PackMethods methods;
    private final Host host;
    private final Map<String, DeviceHalf> halves = new LinkedHashMap<>();
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param engineName name of an engine provider, or {@link Engines#AUTO}
     */
    public Looker(PackMethods methods, String engineName, EngineSettings settings) {
        this.methods = methods;
        host = new Host(new EngineAtUse(engineName, settings), MemoryAccount.process().owner("device"),
                SliceLimits.defaults());
    }

    /** The methods it looks with. Any thread. */
    public PackMethods methods() {
        return methods;
    }

    /**
     * Opens what the point's method needs, if that has not been done, so that the first look need not.
     *
     * @throws dev.tandem.pack.PackException if a file of the pack is not what the manifest says
     * @throws dev.tandem.foreign.NativeUnavailableException if the engine cannot run here
     * @throws IllegalStateException after close
     */
    public void prepare(Point point) {
        half(point.method());
    }

    /**
     * Looks at one picture.
     *
     * @throws IllegalArgumentException if the point does not fit the pack
     * @throws dev.tandem.pack.PackException as {@link #prepare}
     * @throws dev.tandem.foreign.NativeUnavailableException as {@link #prepare}
     */
    public Look look(RgbImage picture, Point point, Task task) {
        return half(point.method()).look(picture, point, task);
    }

    /**
     * The small picture that the point's method makes of one for its network; empty where it makes none.
     *
     * @throws IllegalArgumentException as {@link #look}
     * @throws dev.tandem.pack.PackException as {@link #prepare}
     * @throws dev.tandem.foreign.NativeUnavailableException as {@link #prepare}
     */
    public Optional<RgbImage> small(RgbImage picture, Point point) {
        return half(point.method()).small(picture, point);
    }

    private DeviceHalf half(String method) {
        if (closed) {
            throw new IllegalStateException("looking by the method [" + method + "] after close");
        }
        DeviceHalf half = halves.get(method);
        if (half == null) {
            half = methods.section(method).device(host);
            halves.put(method, half);
        }
        return half;
    }

    /** Closes the halves, then the engine; all of them, whatever one of them throws. Closing twice does nothing. */
    @Override
    public void close() {
        closed = true;
        RuntimeException failure = null;
        for (DeviceHalf half : halves.values()) {
            failure = close(half::close, failure);
        }
        halves.clear();
        failure = close(host.engine()::close, failure);
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException close(Runnable one, RuntimeException before) {
        try {
            one.run();
            return before;
        } catch (RuntimeException e) {
            if (before == null) {
                return e;
            }
            before.addSuppressed(e);
            return before;
        }
    }
}
