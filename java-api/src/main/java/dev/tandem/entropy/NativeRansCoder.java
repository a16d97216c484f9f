package dev.tandem.entropy;

import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.foreign.NativeStatus;
import dev.tandem.foreign.Pool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * libtandem's coder. The image of the tables lives until this object is closed; writers and readers keep their memory
 * and go back to a pool when closed.
 */
final class NativeRansCoder implements RansCoder {
    private static final int IMAGE_ALIGNMENT = 64;

    private static final int MOST_KEPT = 16;
    private static final long MOST_BYTES = 32L << 20;

    private final CdfTables tables;
    private final CountedArena arena;
    private final MemorySegment image;
    private final String tier;
    private final Pool<NativeRansWriter> writers;
    private final Pool<NativeRansReader> readers;

    static boolean available() {
        return NativeLibrary.get().available();
    }

    NativeRansCoder(CdfTables tables, MemoryAccount memory) {
        this.tables = tables;
        writers = new Pool<>(MOST_KEPT, MOST_BYTES, size -> new NativeRansWriter(this, memory));
        readers = new Pool<>(MOST_KEPT, MOST_BYTES, size -> new NativeRansReader(this, memory));
        arena = CountedArena.shared(memory);
        try (CountedArena scratch = CountedArena.confined(memory)) {
            byte[] bytes = tables.toBytes();
            MemorySegment file = scratch.allocate(bytes.length, Long.BYTES);
            MemorySegment.copy(bytes, 0, file, ValueLayout.JAVA_BYTE, 0, bytes.length);
            MemorySegment size = scratch.allocate(ValueLayout.JAVA_LONG);
            MemorySegment fault = scratch.allocate(RansFunctions.FAULT);
            NativeStatus.check(RansFunctions.imageBytes(file, size, fault), "measuring an image of the tables");
            image = arena.allocate(size.get(ValueLayout.JAVA_LONG, 0), IMAGE_ALIGNMENT);
            NativeStatus.check(RansFunctions.prepare(file, image, fault), "preparing the tables");
            tier = RansFunctions.tier(scratch.allocate(32));
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    @Override
    public CdfTables tables() {
        return tables;
    }

    MemorySegment image() {
        return image;
    }

    @Override
    public Writer writer() {
        return writers.take();
    }

    @Override
    public Reader reader() {
        return readers.take();
    }

    void give(NativeRansWriter writer) {
        writers.give(writer);
    }

    void give(NativeRansReader reader) {
        readers.give(reader);
    }

    @Override
    public void close() {
        writers.close();
        readers.close();
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    @Override
    public String toString() {
        return "libtandem rANS, " + tier;
    }
}
