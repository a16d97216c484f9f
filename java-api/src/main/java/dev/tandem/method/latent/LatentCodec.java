package dev.tandem.method.latent;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.entropy.RansCoder;
import dev.tandem.entropy.SliceSeal;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.SliceLimits;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Codes latent maps of one size under one factorised prior into bands and back (docs/bitstream.md, section 13). Each
 * band stands alone. Immutable and safe for several threads; its owner closes it once nobody uses it any more.
 */
public final class LatentCodec implements AutoCloseable {
    private final LatentShape shape;
    private final RansCoder coder;

    /**
     * A codec with the fastest coder of this machine.
     *
     * @param tables a row for each channel
     * @param memory counts what it holds off the heap
     * @throws IllegalArgumentException if tables and shape do not fit
     */
    public LatentCodec(CdfTables tables, LatentShape shape, MemoryAccount memory) {
        this(RansCoder.of(check(tables, shape), memory), shape);
    }

    private LatentCodec(RansCoder coder, LatentShape shape) {
        this.coder = coder;
        this.shape = shape;
    }

    /** The plain Java codec, oracle of the other; it holds nothing off the heap. */
    public static LatentCodec plain(CdfTables tables, LatentShape shape) {
        return new LatentCodec(RansCoder.reference(check(tables, shape)), shape);
    }

    private static CdfTables check(CdfTables tables, LatentShape shape) {
        if (tables.rows() != shape.channels()) {
            throw new IllegalArgumentException("tables of [" + tables.rows() + "] rows for a latent map of " + shape
                    + "; needed a row for each channel: tables and encoder must come from one training run");
        }
        return tables;
    }

    /** Size of its maps. */
    public LatentShape shape() {
        return shape;
    }

    /**
     * Codes a map into as few bands as the limits allow.
     *
     * @param latent float32 [channels, height, width], medians taken off; only read
     * @param point id of the operating point, 0..255
     * @return slices of at most {@code limits.payloadBytes()} each, in the order of the bands
     * @throws IllegalArgumentException for another size, a value that is not finite, or a map that does not fit the
     *        payload however it is cut
     */
    public List<byte[]> encode(MemorySegment latent, int point, SliceLimits limits) {
        return encode(LatentSymbols.of(latent), point, limits);
    }

    /** As {@link #encode(MemorySegment, int, SliceLimits)}, of symbols, each within 16 bits. */
    public List<byte[]> encode(int[] symbols, int point, SliceLimits limits) {
        if (symbols.length != shape.values() || point < 0 || point > 255) {
            throw new IllegalArgumentException("coding [" + symbols.length + "] values at the operating point ["
                    + point + "]; needed " + shape.values() + ", a latent map of " + shape + ", and 0 to 255");
        }
        try (RansCoder.Writer writer = coder.writer()) {
            return new BandMaker(coder.tables(), shape, symbols, point, limits, writer).make();
        }
    }

    /**
     * Checks everything of a slice but its stream; allocates nothing that grows with it.
     *
     * @param slice only read, and kept until it is decoded
     * @param point id that it must have
     * @param announced bands that it must say
     * @throws CorruptBitstreamException for anything else
     */
    public BandSlice open(byte[] slice, int point, int announced) {
        int end = SliceSeal.check(slice, BandHeader.LEAST_SLICE, new CRC32C());
        BandHeader header = BandHeader.read(slice);
        BandGrid grid = header.check(shape, point, announced);
        return new BandSlice(slice, header.bytes(), end - header.bytes(), grid, header.band());
    }

    /** Decodes the streams of some slices side by side; a damaged one does not harm the others. */
    public void decode(List<BandSlice> bands) {
        int size = bands.size();
        if (size == 0) {
            return;
        }
        int[] counts = new int[size];
        char[][] rows = new char[size][];
        int[][] symbols = new int[size][];
        Map<Integer, char[]> rowsOf = new HashMap<>();
        try (RansCoder.Reader reader = coder.reader()) {
            reader.start(size);
            for (int s = 0; s < size; s++) {
                BandSlice band = bands.get(s);
                rows[s] = rowsOf.computeIfAbsent(band.grid.positions(band.band()), this::channelRows);
                counts[s] = rows[s].length;
                symbols[s] = new int[counts[s]];
                reader.open(s, band.slice, band.from, band.length);
            }
            reader.get(counts, rows, symbols);
            reader.finish();
            for (int s = 0; s < size; s++) {
                BandSlice band = bands.get(s);
                band.failure = failure(reader, s, symbols[s]);
                band.symbols = symbols[s];
            }
        }
    }

    private char[] channelRows(int positions) {
        char[] rows = new char[shape.channels() * positions];
        BandMaker.channelRows(shape.channels(), positions, rows);
        return rows;
    }

    /** The first thing that is wrong with a stream: a symbol out of range, before where it fails. */
    private static CorruptBitstreamException failure(RansCoder.Reader reader, int s, int[] symbols) {
        for (int i = 0; i < reader.read(s); i++) {
            if (symbols[i] < LatentSymbols.LEAST || symbols[i] > LatentSymbols.MOST) {
                return new CorruptBitstreamException("slice", BandHeader.LEAST_BYTES,
                        "y symbol in " + LatentSymbols.LEAST + ".." + LatentSymbols.MOST, String.valueOf(symbols[i]));
            }
        }
        return reader.failure(s);
    }

    /** Gives back what it holds off the heap; no call may be under way. Closing twice does nothing. */
    @Override
    public void close() {
        coder.close();
    }
}
