package dev.tandem.entropy;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_CHAR;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.GrowingSegment;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeStatus;
import dev.tandem.foreign.Pool;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Copies values off the heap and codes them in one call. */
final class NativeRansWriter implements RansCoder.Writer, Pool.Item {
    /** Offsets in {@link RansFunctions#WRITE}. */
    private static final long ROWS = 0;
    private static final long VALUES = 8;
    private static final long COUNT = 16;
    private static final long STREAM = 24;
    private static final long CAPACITY = 32;
    private static final long BYTES = 40;
    private static final long BAD = 48;

    private final NativeRansCoder coder;
    private final CountedArena arena;
    private final GrowingSegment rows;
    private final GrowingSegment values;
    private final GrowingSegment stream;
    private final MemorySegment write;
    private int count;

    NativeRansWriter(NativeRansCoder coder, MemoryAccount memory) {
        this.coder = coder;
        arena = CountedArena.shared(memory);
        rows = new GrowingSegment(arena);
        values = new GrowingSegment(arena);
        stream = new GrowingSegment(arena);
        write = arena.allocate(RansFunctions.WRITE);
    }

    @Override
    public void put(char[] rowOf, int rowsFrom, int[] valueOf, int valuesFrom, int more) {
        Objects.checkFromIndexSize(rowsFrom, more, rowOf.length);
        Objects.checkFromIndexSize(valuesFrom, more, valueOf.length);
        int all = Math.addExact(count, more);
        MemorySegment.copy(rowOf, rowsFrom, rows.atLeast(2L * all), JAVA_CHAR, 2L * count, more);
        MemorySegment.copy(valueOf, valuesFrom, values.atLeast(4L * all), JAVA_INT, 4L * count, more);
        count = all;
    }

    @Override
    public byte[] finish(int before, int after) {
        int coded = count;
        count = 0;
        MemorySegment to = stream.atLeast(RansFunctions.streamBound(coded));
        write.set(ADDRESS, ROWS, rows.atLeast(1));
        write.set(ADDRESS, VALUES, values.atLeast(1));
        write.set(JAVA_LONG, COUNT, coded);
        write.set(ADDRESS, STREAM, to);
        write.set(JAVA_LONG, CAPACITY, to.byteSize());
        int status = RansFunctions.encode(coder.image(), write);
        if (status == NativeStatus.OUT_OF_RANGE.code()) {
            throw outOfRange(coded);
        }
        if (status != NativeStatus.OK.code()) {
            NativeStatus.check(status, "coding [" + coded + "] values");
        }
        int length = Math.toIntExact(write.get(JAVA_LONG, BYTES));
        byte[] bytes = new byte[before + length + after];
        MemorySegment.copy(to, JAVA_BYTE, 0, bytes, before, length);
        return bytes;
    }

    private RuntimeException outOfRange(int coded) {
        CdfTables tables = coder.tables();
        for (int i = 0; i < coded; i++) {
            Objects.checkIndex(rows.atLeast(1).get(JAVA_CHAR, 2L * i), tables.rows());
        }
        long bad = write.get(JAVA_LONG, BAD);
        int row = rows.atLeast(1).get(JAVA_CHAR, 2 * bad);
        int value = values.atLeast(1).get(JAVA_INT, 4 * bad);
        return Escape.tooFar(tables, row, value);
    }

    @Override
    public void close() {
        count = 0;
        coder.give(this);
    }

    @Override
    public long bytes() {
        return arena.allocatedBytes();
    }

    @Override
    public void free() {
        arena.close();
    }
}
