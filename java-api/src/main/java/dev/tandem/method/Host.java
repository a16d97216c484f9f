package dev.tandem.method;

import dev.tandem.engine.Engine;
import dev.tandem.foreign.MemoryAccount;

/**
 * What a half or a head is given to work with.
 *
 * @param engine opens graphs; closed by who made it, after everything opened with it
 * @param memory counts what is held off the heap
 * @param limits of the slices that a device half makes
 */
public record Host(Engine engine, MemoryAccount memory, SliceLimits limits) {
    /** With the process's account and the default slice limits. */
    public static Host of(Engine engine) {
        return new Host(engine, MemoryAccount.process(), SliceLimits.defaults());
    }
}
