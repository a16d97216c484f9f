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
import java.util.Arrays;
import java.util.Objects;

/** Copies streams and rows off the heap, reads a stage of all streams in one call, and copies the values back. */
final class NativeRansReader implements RansCoder.Reader, Pool.Item {
    private static final long DECODER_BYTES = RansFunctions.DECODER.byteSize();
    private static final long READ_BYTES = RansFunctions.READ.byteSize();
    /** Offsets in {@link RansFunctions#DECODER}. */
    private static final long FAULT = 32;
    private static final long READ = 56;
    private static final long STATUS = 64;
    /** Offsets in {@link RansFunctions#READ}. */
    private static final long ROWS = 0;
    private static final long VALUES = 8;
    private static final long COUNT = 16;

    private final NativeRansCoder coder;
    private final CountedArena arena;
    private final GrowingSegment decoderMemory;
    private final GrowingSegment readMemory;
    private MemorySegment decoders = MemorySegment.NULL;
    private MemorySegment[] decoder = new MemorySegment[0];
    private GrowingSegment[] stream = new GrowingSegment[0];
    private GrowingSegment[] rows = new GrowingSegment[0];
    private GrowingSegment[] values = new GrowingSegment[0];
    private int streams;

    NativeRansReader(NativeRansCoder coder, MemoryAccount memory) {
        this.coder = coder;
        arena = CountedArena.shared(memory);
        decoderMemory = new GrowingSegment(arena);
        readMemory = new GrowingSegment(arena);
    }

    @Override
    public void start(int count) {
        streams = count;
        int before = decoder.length;
        if (count <= before) {
            return;
        }
        decoders = decoderMemory.atLeast(count * DECODER_BYTES);
        decoder = new MemorySegment[count];
        for (int s = 0; s < count; s++) {
            decoder[s] = decoders.asSlice(s * DECODER_BYTES, DECODER_BYTES);
        }
        stream = grown(stream, count);
        rows = grown(rows, count);
        values = grown(values, count);
    }

    private GrowingSegment[] grown(GrowingSegment[] from, int count) {
        GrowingSegment[] more = Arrays.copyOf(from, count);
        for (int s = from.length; s < count; s++) {
            more[s] = new GrowingSegment(arena);
        }
        return more;
    }

    @Override
    public void open(int s, byte[] data, int offset, int length) {
        Objects.checkIndex(s, streams);
        Objects.checkFromIndexSize(offset, length, data.length);
        MemorySegment copy = stream[s].atLeast(Math.max(1, length));
        MemorySegment.copy(data, offset, copy, JAVA_BYTE, 0, length);
        int status = RansFunctions.begin(decoder[s], copy, length);
        if (failed(status)) {
            NativeStatus.check(status, "opening a stream of [" + length + "] bytes");
        }
    }

    @Override
    public void get(int[] counts, char[][] rowOf, int[][] valueOf) {
        MemorySegment reads = readMemory.atLeast(streams * READ_BYTES);
        for (int s = 0; s < streams; s++) {
            int count = counts[s];
            Objects.checkFromIndexSize(0, count, Math.min(rowOf[s].length, valueOf[s].length));
            MemorySegment to = rows[s].atLeast(Math.max(1, 2L * count));
            MemorySegment.copy(rowOf[s], 0, to, JAVA_CHAR, 0, count);
            reads.set(ADDRESS, s * READ_BYTES + ROWS, to);
            reads.set(ADDRESS, s * READ_BYTES + VALUES, values[s].atLeast(Math.max(1, 4L * count)));
            reads.set(JAVA_LONG, s * READ_BYTES + COUNT, count);
        }
        int status = RansFunctions.getMany(coder.image(), decoders, reads, streams);
        if (status == NativeStatus.OUT_OF_RANGE.code()) {
            throw new IndexOutOfBoundsException(
                    "a row is not below [" + coder.tables().rows() + "], the rows of the tables");
        }
        if (failed(status)) {
            NativeStatus.check(status, "reading [" + streams + "] streams");
        }
        for (int s = 0; s < streams; s++) {
            MemorySegment.copy(values[s].atLeast(1), JAVA_INT, 0, valueOf[s], 0, Math.min(counts[s], read(s)));
        }
    }

    /** Damage is the stream's, and kept with it; anything else is ours. */
    private static boolean failed(int status) {
        return status != NativeStatus.OK.code() && status != NativeStatus.CORRUPT_DATA.code();
    }

    @Override
    public int read(int s) {
        return (int) decoders.get(JAVA_LONG, s * DECODER_BYTES + READ);
    }

    @Override
    public void finish() {
        for (int s = 0; s < streams; s++) {
            int status = RansFunctions.end(decoder[s]);
            if (failed(status)) {
                NativeStatus.check(status, "ending a stream");
            }
        }
    }

    @Override
    public CorruptBitstreamException failure(int s) {
        Objects.checkIndex(s, streams);
        return decoders.get(JAVA_INT, s * DECODER_BYTES + STATUS) == NativeStatus.OK.code()
                ? null
                : RansFault.of(decoders, s * DECODER_BYTES + FAULT);
    }

    @Override
    public void close() {
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
