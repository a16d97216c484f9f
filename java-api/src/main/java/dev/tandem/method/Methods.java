package dev.tandem.method;

import dev.tandem.engine.Engine;
import dev.tandem.entropy.SliceLimits;
import dev.tandem.pack.Pack;
import java.util.List;

/** The methods by name. */
public final class Methods {
    /** Every method that this version has. */
    public static final List<String> NAMES = List.of("tofc", "raw", "image");

    private Methods() {
    }

    /** Device half with the default slice limits. */
    public static DeviceMethod device(String method, Pack pack, Engine engine) {
        return device(method, pack, engine, SliceLimits.defaults());
    }

    /** Device half; opens the graphs it needs. The engine stays the caller's and is closed after the method. */
    public static DeviceMethod device(String method, Pack pack, Engine engine, SliceLimits limits) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Edge half; opens a graph only where the method needs one ({@code image}). */
    public static EdgeMethod edge(String method, Pack pack, Engine engine) {
        throw new UnsupportedOperationException("not yet");
    }
}
