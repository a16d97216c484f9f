package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.method.tofc.codec.HyperSynthesis;
import dev.tandem.method.tofc.codec.NativeNetworks;
import dev.tandem.method.tofc.codec.ReferenceHyperSynthesis;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Every implementation of the hyper-synthesis that this machine can run, by name. */
final class Networks {
    private Networks() {
    }

    static Map<String, Function<ByteBuffer, HyperSynthesis>> readers() {
        Map<String, Function<ByteBuffer, HyperSynthesis>> readers = new LinkedHashMap<>();
        readers.put("reference", ReferenceHyperSynthesis::read);
        readers.putAll(NativeNetworks.readers());
        return readers;
    }
}
