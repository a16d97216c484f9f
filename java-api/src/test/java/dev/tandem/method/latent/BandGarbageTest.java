package dev.tandem.method.latent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.Allocation;
import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.entropy.Garbage;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.Slice;
import dev.tandem.method.SliceLimits;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whatever a device sends as bands, an edge holds a map of right numbers or refuses in its own exception. */
class BandGarbageTest extends Garbage {
    private static final int POINT = 5;
    private static final int BANDS = 3;
    private static final LatentShape SHAPE = new LatentShape(7, 9, 6);
    private static final CdfTables TABLES = RandomLatents.tables(21, 7);
    private static final LatentCodec CODEC = new LatentCodec(TABLES, SHAPE, MemoryAccount.process().owner("test"));
    private static final List<byte[]> SLICES = CODEC.encode(RandomLatents.symbols(TABLES, SHAPE, 22), POINT,
            new SliceLimits(1100, BANDS));

    @Property(tries = 1000)
    void mutatedBands(@ForAll("edits") List<Edit> edits, @ForAll @IntRange(max = BANDS - 1) int which) {
        byte[] slice = mutated(SLICES.get(which), edits);
        picture(slice);
        picture(sealed(slice));
    }

    @Property(tries = 500)
    void bandsOfAnyBytes(@ForAll("bytes") byte[] bytes, @ForAll @IntRange(max = 8) int kept) {
        picture(bytes);
        picture(sealed(bytes));
        picture(sealed(behind(SLICES.getFirst(), kept, bytes)));
    }

    /** Between two good ones: the one before is never harmed; the one behind may find its band taken. */
    private static void picture(byte[] slice) {
        soon(slice.length, () -> {
            List<Slice> all = new ArrayList<>(List.of(new Slice(0, 0, SLICES.get(1)), new Slice(1, 0, slice),
                    new Slice(2, 0, SLICES.get(2))));
            LatentDecoding decoding = new LatentDecoding(CODEC, POINT, "rung", BANDS);
            decoding.add(all);
            LatentMap map = decoding.evidence();
            assertTrue(map.here().get(1));
            assertTrue(map.used() >= 1 && map.total() == BANDS);
            for (float value : map.values()) {
                assertTrue(value >= Short.MIN_VALUE && value <= Short.MAX_VALUE);
            }
            LatentDecoding alone = new LatentDecoding(CODEC, POINT, "rung", BANDS);
            alone.add(List.of(all.get(1)));
            assertEquals(1, alone.evidence().used());
        });
    }

    /** What a header says costs nothing until it fits the picture. */
    @Test
    void aRefusedSliceAllocatesNothingThatGrowsWithTheMap() {
        LatentShape large = new LatentShape(16, 1024, 1024);
        CdfTables tables = RandomLatents.tables(1, 16);
        LatentCodec codec = LatentCodec.plain(tables, large);
        byte[] small = SLICES.getFirst();
        byte[] header = sealed(new byte[]{1, POINT, (byte) 128, 8, (byte) 128, 8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                0, 0, 0});
        long most = Allocation.array(large.values(), 1);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (byte[] slice : List.of(small, header, Arrays.copyOf(header, 10))) {
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                codec.open(slice, POINT, 1);
            } catch (CorruptBitstreamException e) {
                assertTrue(e.offset() < slice.length || e.offset() == 0);
            }
            assertTrue(threads.getCurrentThreadAllocatedBytes() - before < most / 16);
        }
    }
}
