package dev.tandem.method.tofc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tokens.DecodedSlice;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever bytes a parser is given, it ends soon, in a {@link CorruptBitstreamException} or in a result that holds what
 * the format promises.
 */
class ParserGarbageTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final OperatingStep STEP = new OperatingStep(1, 0.5f, 0);
    private static final CodecModel MODEL = RandomCodecModels.create(5, 3, 8, 2, 16, STEP);
    private static final SliceCodec CODEC = new SliceCodec(MODEL, MemoryAccount.process().owner("test"));
    private static final byte[] TABLES = CdfTables
            .of(new int[][]{{0, 40000, 65000, 65536}, {0, 1, 65536}, {0, 500, 501, 65536}}, new int[]{0, -5, 16})
            .toBytes();
    private static final byte[] HYPER = RandomCodecModels.hyperFile(5, 2, 3, 2, 16);
    private static final byte[] SLICE = CODEC
            .encode(RandomCodecModels.latents(MODEL, STEP, 1, 5), STEP, SliceLimits.defaults()).getFirst();

    /** One thing done to a good file: where (modulo its length), what. */
    private record Edit(int at, int kind, int value) {}

    @Provide
    Arbitrary<List<Edit>> edits() {
        Arbitrary<Integer> at = Arbitraries.oneOf(Arbitraries.integers().between(0, 40),
                Arbitraries.integers().between(0, 1 << 20));
        Arbitrary<Integer> value = Arbitraries.oneOf(Arbitraries.integers().between(-2, 260), Arbitraries.integers(),
                Arbitraries.of(Integer.MAX_VALUE, Integer.MIN_VALUE, 65_536, 65_537, 1 << 24));
        return Combinators.combine(at, Arbitraries.integers().between(0, 4), value).as(Edit::new).list().ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(400);
    }

    private static byte[] mutated(byte[] good, List<Edit> edits) {
        byte[] file = good.clone();
        for (Edit edit : edits) {
            int at = edit.at % Math.max(1, file.length);
            switch (edit.kind) {
                case 0 -> file = Arrays.copyOf(file, at);
                case 1 -> file = Arrays.copyOf(file, file.length + at % 64);
                case 2 -> {
                    if (file.length > 0) {
                        file[at] = (byte) edit.value;
                    }
                }
                case 3 -> {
                    if (file.length > 0) {
                        file[at] ^= (byte) (1 << (edit.value & 7));
                    }
                }
                default -> {
                    for (int i = 0; i < 4 && (at & ~3) + i < file.length; i++) {
                        file[(at & ~3) + i] = (byte) (edit.value >>> 8 * i);
                    }
                }
            }
        }
        return file;
    }

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

    private static void soon(int length, Runnable reading) {
        assertTimeoutPreemptively(SOON, () -> {
            try {
                reading.run();
            } catch (CorruptBitstreamException e) {
                assertTrue(e.offset() >= 0 && e.offset() <= Math.max(20, length), e.getMessage());
            }
        });
    }

    private static byte[] behind(byte[] good, int kept, byte[] rest) {
        byte[] file = Arrays.copyOf(good, kept + rest.length);
        System.arraycopy(rest, 0, file, kept, rest.length);
        return file;
    }

    private static byte[] sealed(byte[] bytes) {
        if (bytes.length < 4) {
            return bytes;
        }
        byte[] slice = bytes.clone();
        CRC32C crc = new CRC32C();
        crc.update(slice, 0, slice.length - 4);
        for (int i = 0; i < 4; i++) {
            slice[slice.length - 4 + i] = (byte) (crc.getValue() >>> 8 * i);
        }
        return slice;
    }
}
