package dev.tandem.method.tofc.codec;

import dev.tandem.foreign.CapabilityLevel;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeLibrary;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** libtandem's hyper-synthesis in every tier that this machine can run, by name; none where the library is missing. */
public final class NativeNetworks {
    private NativeNetworks() {
    }

    /** Readers of hyper files; whoever reads closes the network. */
    public static Map<String, Function<ByteBuffer, HyperSynthesis>> readers() {
        Map<String, Function<ByteBuffer, HyperSynthesis>> readers = new LinkedHashMap<>();
        CapabilityLevel best = NativeLibrary.get().capability();
        for (CapabilityLevel tier : CapabilityLevel.values()) {
            boolean runs = tier == CapabilityLevel.SCALAR
                    || tier.code() <= best.code() && tier.code() / 100 == best.code() / 100;
            if (NativeLibrary.get().available() && runs) {
                readers.put("native, " + tier, file -> read(file, tier.code()));
            }
        }
        return readers;
    }

    private static HyperSynthesis read(ByteBuffer file, int tier) {
        return new NativeHyperSynthesis(ReferenceHyperSynthesis.read(file), tier,
                MemoryAccount.process().owner("test"));
    }
}
