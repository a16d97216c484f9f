package dev.tandem.method.tofc.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.foreign.OffHeapLimitException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every native tier against the reference. */
class NativeHyperSynthesisTest {
    private static final int EXPERTS = 3;

    private final MemoryAccount memory = new MemoryAccount("test", 1 << 28);

    @BeforeEach
    void needsTheLibrary() {
        assumeTrue(NativeLibrary.get().available(),
                () -> "missing capability: libtandem " + NativeLibrary.get().reasons());
    }

    private static int[] z(SplittableRandom random, int count) {
        return random.ints(count, -200, 200).toArray();
    }

    @Test
    void everyTierGivesTheReferencesIntegersForAnyNumberOfTokens() {
        SplittableRandom random = new SplittableRandom(31);
        long compared = 0;
        for (int tokenWidth : new int[]{1, 15, 32, 47}) {
            byte[] file = RandomHyper.file(tokenWidth, EXPERTS, tokenWidth, 5, 20);
            ReferenceHyperSynthesis reference = ReferenceHyperSynthesis.read(ByteBuffer.wrap(file));
            for (Function<ByteBuffer, HyperSynthesis> reader : NativeNetworks.readers().values()) {
                HyperSynthesis hyper = reader.apply(ByteBuffer.wrap(file));
                for (int count = 0; count < 40; count++) {
                    compare(reference, hyper, random.ints(count, 0, EXPERTS).toArray(), z(random, 5 * count));
                    compared += 2L * count * tokenWidth;
                }
            }
        }
        System.out.println(compared + " native hyper-synthesis outputs compared with the reference");
    }

    private static void compare(HyperSynthesis reference, HyperSynthesis hyper, int[] experts, int[] z) {
        int values = experts.length * reference.tokenWidth();
        short[] mean = new short[values];
        short[] logit = new short[values];
        short[] found = new short[values];
        short[] foundLogit = new short[values];
        reference.run(experts, z, mean, logit);
        hyper.run(experts, z, found, foundLogit);
        assertArrayEquals(mean, found, hyper.toString());
        assertArrayEquals(logit, foundLogit, hyper.toString());
        char[] rows = new char[values];
        char[] foundRows = new char[values];
        reference.scales(experts, z, -37, 385, mean, rows);
        hyper.scales(experts, z, -37, 385, found, foundRows);
        assertArrayEquals(mean, found);
        assertArrayEquals(rows, foundRows);
    }

    @Test
    void oneTokenIsAsOneOfMany() {
        byte[] file = RandomHyper.file(3, EXPERTS, 21, 4, 30);
        ReferenceHyperSynthesis reference = ReferenceHyperSynthesis.read(ByteBuffer.wrap(file));
        int[] z = z(new SplittableRandom(5), 6);
        int[] mean = new int[30];
        int[] logit = new int[30];
        reference.run(2, z, 1, mean, logit, 4);
        for (Function<ByteBuffer, HyperSynthesis> reader : NativeNetworks.readers().values()) {
            int[] found = new int[30];
            int[] foundLogit = new int[30];
            HyperSynthesis hyper = reader.apply(ByteBuffer.wrap(file));
            hyper.run(2, z, 1, found, foundLogit, 4);
            assertArrayEquals(mean, found);
            assertArrayEquals(logit, foundLogit);
            assertEquals(reference.scaleIndex(133, 7), hyper.scaleIndex(133, 7));
        }
    }

    @Test
    void threadsShareOne() {
        byte[] file = RandomHyper.file(4, EXPERTS, 33, 6, 30);
        ReferenceHyperSynthesis reference = ReferenceHyperSynthesis.read(ByteBuffer.wrap(file));
        HyperSynthesis hyper = HyperSynthesis.best(reference, memory);
        assertInstanceOf(NativeHyperSynthesis.class, hyper);
        IntStream.range(0, 200).parallel().forEach(i -> {
            SplittableRandom random = new SplittableRandom(i);
            int count = 1 + i % 23;
            compare(reference, hyper, random.ints(count, 0, EXPERTS).toArray(), z(random, 6 * count));
        });
    }

    @Test
    void refusesShapesAndExpertsBeforeItRuns() {
        byte[] file = RandomHyper.file(4, EXPERTS, 3, 2, 30);
        for (HyperSynthesis hyper : List.of(
                HyperSynthesis.best(ReferenceHyperSynthesis.read(ByteBuffer.wrap(file)), memory),
                ReferenceHyperSynthesis.read(ByteBuffer.wrap(file)))) {
            short[] six = new short[6];
            assertThrows(IllegalArgumentException.class, () -> hyper.run(new int[2], new int[3], six, six));
            assertThrows(IllegalArgumentException.class, () -> hyper.run(new int[2], new int[4], six, new short[5]));
            assertThrows(IllegalArgumentException.class, () -> hyper.run(new int[2], new int[4], new short[5], six));
            assertThrows(IllegalArgumentException.class, () -> hyper.run(new int[]{0, 3}, new int[4], six, six));
            assertThrows(IllegalArgumentException.class,
                    () -> hyper.scales(new int[]{0, -1}, new int[4], 0, 0, six, new char[6]));
        }
    }

    @Test
    void holdsItsNetworkAndScratchUntilItIsClosed() {
        ReferenceHyperSynthesis reference = ReferenceHyperSynthesis
                .read(ByteBuffer.wrap(RandomHyper.file(4, EXPERTS, 3, 2, 30)));
        HyperSynthesis hyper = HyperSynthesis.best(reference, memory);
        long network = memory.reservedBytes();
        assertTrue(network > 0);
        int[] experts = {0, 1};
        compare(reference, hyper, experts, new int[4]);
        long both = memory.reservedBytes();
        assertTrue(both > network);
        compare(reference, hyper, experts, new int[4]);
        assertEquals(both, memory.reservedBytes());
        hyper.close();
        hyper.close();
        assertEquals(0, memory.reservedBytes());
        assertThrows(IllegalStateException.class, () -> hyper.run(experts, new int[4], new short[6], new short[6]));
    }

    @Test
    void whatCannotBeHeldIsRefusedAndNothingIsKept() {
        ReferenceHyperSynthesis reference = ReferenceHyperSynthesis
                .read(ByteBuffer.wrap(RandomHyper.file(4, EXPERTS, 3, 2, 30)));
        MemoryAccount tight = new MemoryAccount("tight", reference.file().length + 128);
        assertThrows(OffHeapLimitException.class, () -> HyperSynthesis.best(reference, tight));
        assertEquals(0, tight.reservedBytes());
    }
}
