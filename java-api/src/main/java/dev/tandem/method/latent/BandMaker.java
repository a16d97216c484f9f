package dev.tandem.method.latent;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.IdealLength;
import dev.tandem.entropy.RansCoder;
import dev.tandem.entropy.SliceSeal;
import dev.tandem.method.SliceLimits;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Codes one map into the fewest bands that the limits allow. Only the encoder decides how many; a decoder takes any
 * number. Integers and StrictMath only, so every machine cuts alike.
 */
final class BandMaker {
    private final LatentShape shape;
    private final int[] symbols;
    private final int point;
    private final SliceLimits limits;
    private final RansCoder.Writer writer;
    private final CRC32C crc = new CRC32C();
    private final double[] bits;
    private final int[] band;
    private final char[] rows;
    private int largest;

    BandMaker(CdfTables tables, LatentShape shape, int[] symbols, int point, SliceLimits limits,
            RansCoder.Writer writer) {
        this.shape = shape;
        this.symbols = symbols;
        this.point = point;
        this.limits = limits;
        this.writer = writer;
        bits = new double[shape.positions()];
        for (int c = 0; c < shape.channels(); c++) {
            for (int i = 0; i < bits.length; i++) {
                bits[i] += IdealLength.bits(tables, c, symbols[c * bits.length + i]);
            }
        }
        band = new int[symbols.length];
        rows = new char[symbols.length];
    }

    List<byte[]> make() {
        int room = 8 * (limits.payloadBytes() - BandHeader.LEAST_BYTES - SliceSeal.BYTES);
        double all = Arrays.stream(bits).sum();
        BandGrid grid = BandGrid.atLeast(shape,
                (int) Math.min(BandGrid.MOST, Math.max(limits.minSlices(), Math.ceil(all / room))));
        double[] sums = new double[BandGrid.MOST];
        while (true) {
            boolean finest = grid.finer().equals(grid);
            if (finest || fits(grid, sums, room)) {
                byte[][] slices = code(grid);
                if (slices != null) {
                    return Collections.unmodifiableList(Arrays.asList(slices));
                }
                if (finest) {
                    throw new IllegalArgumentException("a band of [" + largest + "] bytes, one of [" + grid.bands()
                            + "] of a latent map of " + shape + ", the most that it can be cut into; the payload is ["
                            + limits.payloadBytes() + "]: raise it or use a coarser rung");
                }
            }
            grid = grid.finer();
        }
    }

    private boolean fits(BandGrid grid, double[] sums, int room) {
        grid.sums(bits, sums);
        for (int b = 0; b < grid.bands(); b++) {
            if (sums[b] > room) {
                return false;
            }
        }
        return true;
    }

    /** Null where one is too large. */
    private byte[][] code(BandGrid grid) {
        byte[][] slices = new byte[grid.bands()][];
        for (int b = 0; b < slices.length; b++) {
            slices[b] = slice(grid, b);
            if (slices[b].length > limits.payloadBytes()) {
                largest = slices[b].length;
                return null;
            }
        }
        return slices;
    }

    private byte[] slice(BandGrid grid, int b) {
        BandHeader header = new BandHeader(point, shape.height(), shape.width(), b, grid.bands());
        grid.gather(symbols, b, band);
        int count = channelRows(shape.channels(), grid.positions(b), rows);
        writer.put(rows, 0, band, 0, count);
        byte[] slice = writer.finish(header.bytes(), SliceSeal.BYTES);
        header.write(slice);
        SliceSeal.put(slice, crc);
        return slice;
    }

    /** The row of each symbol of a band with so many positions; gives how many there are. */
    static int channelRows(int channels, int positions, char[] to) {
        for (int c = 0; c < channels; c++) {
            Arrays.fill(to, c * positions, (c + 1) * positions, (char) c);
        }
        return channels * positions;
    }
}
