package dev.tandem.method.tofc.codec;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.entropy.Allocation;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.method.SliceLimits;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What coding a picture leaves for the collector once it is compiled: what it returns, and next to nothing besides. */
class AllocationTest {
    private static final OperatingStep STEP = new OperatingStep(1, 0.5f, 0);
    private static final int ROUNDS = 40;
    /** The slices' list: two wrappers and its array. */
    private static final long LIST = 48 + Allocation.array(1, Integer.BYTES);
    private static final long RECORD = 32;

    private final CodecModel model = Allocation.model(STEP);
    private final SliceCodec codec = new SliceCodec(model, MemoryAccount.process().owner("test"));
    private final TokenLatents latents = RandomCodecModels.latents(model, STEP, 1, 16);
    private final SliceLimits limits = SliceLimits.defaults();
    private final List<byte[]> slices = codec.encode(latents, STEP, limits);

    @BeforeEach
    void needsTheLibrary() {
        assumeTrue(NativeLibrary.get().available(),
                () -> "missing capability: libtandem " + NativeLibrary.get().reasons());
    }

    @AfterEach
    void close() {
        codec.close();
    }

    @Test
    void encodingAllocatesTheSlices() {
        within(Allocation.returned(slices) + LIST, () -> codec.encode(latents, STEP, limits));
    }

    @Test
    void decodingASliceAllocatesWhatItReturns() {
        long values = Allocation.array(16L * model.tokenWidth(), Float.BYTES);
        within(values + RECORD, () -> codec.decode(slices.getFirst()));
    }

    @Test
    void decodingSlicesAllocatesWhatItReturns() {
        long values = Allocation.array(16L * model.tokenWidth(), Float.BYTES);
        within(values + RECORD + 24 + LIST, () -> codec.decodeAll(slices));
    }

    private static void within(long result, Runnable call) {
        long bound = result + Allocation.SLACK;
        long found = Allocation.perCall(call, bound, ROUNDS);
        assertTrue(found <= bound, () -> "a call allocates [" + found + "] bytes, at most [" + bound + "] are allowed");
    }
}
