package dev.tandem.method;

import dev.tandem.engine.Engine;
import dev.tandem.method.image.ImageDevice;
import dev.tandem.method.image.ImageEdge;
import dev.tandem.method.raw.RawDevice;
import dev.tandem.method.raw.RawEdge;
import dev.tandem.method.tofc.TofcDevice;
import dev.tandem.method.tofc.TofcEdge;
import dev.tandem.pack.Pack;
import java.util.List;

/** The methods by name. What is made here is used and closed on the thread that made it. */
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
        return switch (method) {
            case "tofc" -> new TofcDevice(pack, engine, limits);
            case "raw" -> new RawDevice(pack, engine, limits);
            case "image" -> new ImageDevice(pack, limits);
            default -> throw unknown(method);
        };
    }

    /** Edge half; {@code tofc} and {@code raw} need no engine and take null. */
    public static EdgeMethod edge(String method, Pack pack, Engine engine) {
        return switch (method) {
            case "tofc" -> new TofcEdge(pack);
            case "raw" -> new RawEdge(pack);
            case "image" -> new ImageEdge(pack, engine);
            default -> throw unknown(method);
        };
    }

    private static IllegalArgumentException unknown(String method) {
        return new IllegalArgumentException("looking for the method [" + method + "]; needed one of " + NAMES);
    }
}
