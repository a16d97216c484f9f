package dev.tandem.hil.lab.attack;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;
import java.util.Optional;

/**
 * Processors for attackers and the others for edge and polite device, as if the attackers sat at machines of their own:
 * what the edge does about them it pays for, what they do themselves it does not. A thread is kept to its processors
 * with every thread and process that it starts (sched_setaffinity(2)). Linux, two processors at least; elsewhere
 * everybody shares all.
 */
public final class Processors {
    private static final int MOST = 1024;
    private static final int THIS_THREAD = 0;

    private final BitSet all;

    private Processors(BitSet all) {
        this.all = all;
    }

    /** Those that this thread may use now. */
    public static Processors here() {
        BitSet found = new BitSet();
        link("sched_getaffinity").ifPresent(get -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment mask = arena.allocate(MOST / Byte.SIZE, Long.BYTES);
                if (call(get, mask) >= 0) {
                    found.or(BitSet.valueOf(mask.asByteBuffer()));
                }
            }
        });
        return new Processors(found);
    }

    /** Whether there are enough for both. */
    public boolean apart() {
        return all.cardinality() > 1;
    }

    /** Keeps this thread to those of the attackers: the last one. */
    public void attack() {
        BitSet last = new BitSet();
        last.set(Math.max(0, all.length() - 1));
        keep(last);
    }

    /** Keeps this thread to those of everybody else. */
    public void defend() {
        BitSet others = (BitSet) all.clone();
        others.clear(Math.max(0, all.length() - 1));
        keep(others);
    }

    /** This thread may use all of them again. */
    public void share() {
        keep(all);
    }

    private void keep(BitSet processors) {
        if (!apart()) {
            return;
        }
        link("sched_setaffinity").ifPresent(set -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment mask = arena.allocate(MOST / Byte.SIZE, Long.BYTES);
                MemorySegment.copy(MemorySegment.ofArray(processors.toByteArray()), 0, mask, 0,
                        processors.toByteArray().length);
                call(set, mask);
            }
        });
    }

    @SuppressWarnings("restricted") // two calls of the C library that no library of Java's has
    private static Optional<MethodHandle> link(String name) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup().find(name).map(address -> linker.downcallHandle(address, FunctionDescriptor
                .of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS)));
    }

    /** Below 0 where the kernel does not do it; everybody shares all then. */
    private static int call(MethodHandle function, MemorySegment mask) {
        try {
            return (int) function.invokeExact(THIS_THREAD, mask.byteSize(), mask);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
