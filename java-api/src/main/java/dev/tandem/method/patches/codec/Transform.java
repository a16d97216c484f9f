package dev.tandem.method.patches.codec;

import dev.tandem.entropy.RansCoder;
import dev.tandem.foreign.MemoryAccount;

/** A pack's learned patch codec, ready for any step. Immutable; any thread. Its owner closes it. */
public final class Transform implements AutoCloseable {
    private final TransformModel model;
    private final PatchBasis[] bases;
    private final RansCoder coder;

    /** {@code memory} counts what the coder holds off the heap. */
    public Transform(TransformModel model, MemoryAccount memory) {
        this.model = model;
        bases = new PatchBasis[model.classes()];
        for (int kind = 0; kind < bases.length; kind++) {
            bases[kind] = new PatchBasis(model, kind);
        }
        coder = RansCoder.of(model.tables(), memory);
    }

    TransformModel model() {
        return model;
    }

    PatchBasis basis(int kind) {
        return bases[kind];
    }

    RansCoder coder() {
        return coder;
    }

    @Override
    public void close() {
        coder.close();
    }
}
