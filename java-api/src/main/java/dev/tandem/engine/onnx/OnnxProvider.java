package dev.tandem.engine.onnx;

import dev.tandem.engine.Availability;
import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineProvider;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Precision;
import dev.tandem.foreign.NativeUnavailableException;

/**
 * ONNX Runtime on the CPU, the engine that is there on every system. Graphs are strongly typed: float16 or int8
 * arithmetic comes from the graph, so {@link Precision#FP16} and {@link Precision#INT8} are refused.
 */
public final class OnnxProvider implements EngineProvider {
    @Override
    public String name() {
        return "onnx";
    }

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public Availability availability() {
        return OnnxRuntime.availability();
    }

    @Override
    public Engine create(EngineSettings settings) {
        return create(this, settings, false);
    }

    static Engine create(EngineProvider provider, EngineSettings settings, boolean cuda) {
        Availability availability = provider.availability();
        if (!availability.available()) {
            throw new NativeUnavailableException("engine [" + provider.name() + "]", availability.reasons());
        }
        if (settings.precision() == Precision.FP16 || settings.precision() == Precision.INT8) {
            throw new IllegalArgumentException("engine [" + provider.name() + "] cannot choose precision ["
                    + settings.precision() + "] by itself: export the graph in that type and ask for ["
                    + Precision.AS_STORED + "]");
        }
        return new OnnxEngine(provider.name(), settings, cuda);
    }
}
