package dev.tandem.method.tofc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.Garbage;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tokens.DecodedSlice;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever bytes a parser is given, it ends soon, in a {@link dev.tandem.entropy.CorruptBitstreamException} or in a result that holds what
 * the format promises.
 */
class ParserGarbageTest extends Garbage {
    private static final OperatingStep STEP = new OperatingStep(1, 0.5f, 0);
    private static final CodecModel MODEL = RandomCodecModels.create(5, 3, 8, 2, 16, STEP);
    private static final SliceCodec CODEC = new SliceCodec(MODEL, MemoryAccount.process().owner("test"));
    private static final byte[] TABLES = CdfTables
            .of(new int[][]{{0, 40000, 65000, 65536}, {0, 1, 65536}, {0, 500, 501, 65536}}, new int[]{0, -5, 16})
            .toBytes();
    private static final byte[] HYPER = RandomCodecModels.hyperFile(5, 2, 3, 2, 16);
    private static final byte[] SLICE = CODEC
            .encode(RandomCodecModels.latents(MODEL, STEP, 1, 5), STEP, SliceLimits.defaults()).getFirst();

    @Property(tries = 1000)
    void mutatedTables(@ForAll("edits") List<Edit> edits) {
        tables(mutated(TABLES, edits));
    }

    @Property(tries = 300)
    void tablesOfAnyBytes(@ForAll("bytes") byte[] bytes) {
        tables(bytes);
        tables(behind(TABLES, 8, bytes));
    }

    @Property(tries = 1000)
    void mutatedNetworks(@ForAll("edits") List<Edit> edits) {
        network(mutated(HYPER, edits));
    }

    @Property(tries = 300)
    void networksOfAnyBytes(@ForAll("bytes") byte[] bytes) {
        network(bytes);
        network(behind(HYPER, 8, bytes));
    }

    @Property(tries = 1000)
    void mutatedSlices(@ForAll("edits") List<Edit> edits) {
        byte[] slice = mutated(SLICE, edits);
        slice(slice);
        slice(sealed(slice));
    }

    @Property(tries = 300)
    void slicesOfAnyBytes(@ForAll("bytes") byte[] bytes) {
        slice(bytes);
        slice(sealed(bytes));
        slice(sealed(behind(SLICE, 5, bytes)));
    }

    private static void tables(byte[] file) {
        soon(file.length, () -> {
            CdfTables read = CdfTables.read(ByteBuffer.wrap(file));
            assertTrue(Arrays.equals(file, read.toBytes()), "what was accepted is what would be written");
        });
    }

    private static void network(byte[] file) {
        soon(file.length, () -> {
            HyperSynthesis read = ReferenceHyperSynthesis.read(ByteBuffer.wrap(file));
            int[] z = new int[read.hyperWidth()];
            Arrays.fill(z, 127);
            int[] mean = new int[read.tokenWidth()];
            int[] logit = new int[mean.length];
            read.run(read.experts() - 1, z, 0, mean, logit, 0);
            for (int k = 0; k < mean.length; k++) {
                assertEquals((short) mean[k], mean[k]);
                int index = read.scaleIndex(logit[k], 0);
                assertTrue(index >= 0 && index < CodecModel.SCALES);
            }
        });
    }

    private static void slice(byte[] bytes) {
        soon(bytes.length, () -> {
            DecodedSlice read = CODEC.decode(bytes);
            assertTrue(read.count() >= 1 && read.firstRank() + read.count() <= read.total());
            assertEquals(read.count() * MODEL.tokenWidth(), read.values().length);
        });
    }
}
