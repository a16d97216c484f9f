package dev.tandem.entropy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tofc.codec.CodecModel;
import dev.tandem.method.tofc.codec.OperatingStep;
import dev.tandem.method.tofc.codec.RandomCodecModels;
import dev.tandem.method.tofc.codec.SliceCodec;
import dev.tandem.method.tofc.codec.TokenLatents;
import dev.tandem.method.tokens.SliceOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** libtandem's coder against the plain one: bytes, values, refusals and their words. */
class RansCodersTest {
    private record Streams(char[][] rows, int[][] values, byte[][] bytes) {
        static Streams of(SplittableRandom random, CdfTables tables, int count) {
            char[][] rows = new char[count][];
            int[][] values = new int[count][];
            byte[][] bytes = new byte[count][];
            for (int s = 0; s < count; s++) {
                rows[s] = new char[random.nextInt(300)];
                values[s] = new int[rows[s].length];
                RansEncoder encoder = new RansEncoder();
                for (int i = 0; i < rows[s].length; i++) {
                    rows[s][i] = (char) random.nextInt(tables.rows());
                    values[s][i] = RandomTables.value(random, tables, rows[s][i]);
                    encoder.put(tables, rows[s][i], values[s][i]);
                }
                bytes[s] = encoder.finish();
            }
            return new Streams(rows, values, bytes);
        }

        int[] counts() {
            return IntStream.range(0, rows.length).map(s -> rows[s].length).toArray();
        }
    }

    @BeforeAll
    static void needsTheLibrary() {
        NativeLibrary library = NativeLibrary.get();
        assumeTrue(library.available(), () -> "missing capability: libtandem " + library.reasons());
    }

    private static RansCoder nativeCoder(CdfTables tables) {
        RansCoder coder = RansCoder.of(tables, MemoryAccount.process().owner("test"));
        assertEquals(NativeRansCoder.class, coder.getClass());
        return coder;
    }

    @Test
    void theChosenOneIsNativeAndTheReferenceIsNot() {
        CdfTables tables = RansVectorsTest.TABLES;
        assertSame(tables, nativeCoder(tables).tables());
        assertEquals("plain Java rANS", RansCoder.reference(tables).toString());
    }

    @Test
    void writesTheSameBytes() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            CdfTables tables = RandomTables.create(random);
            Streams streams = Streams.of(random, tables, 3);
            try (RansCoder.Writer writer = nativeCoder(tables).writer()) {
                for (int s = 0; s < 3; s++) {
                    int half = streams.rows[s].length / 2;
                    writer.put(streams.rows[s], 0, streams.values[s], 0, half);
                    writer.put(streams.rows[s], half, streams.values[s], half, streams.rows[s].length - half);
                    assertArrayEquals(streams.bytes[s], writer.finish(), "seed " + seed);
                }
            }
        }
    }

    @Test
    void readsAndRefusesTheSameSideBySide() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            CdfTables tables = RandomTables.create(random);
            Streams streams = Streams.of(random, tables, 1 + random.nextInt(40));
            for (byte[] bytes : streams.bytes) {
                if (random.nextInt(3) == 0) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            compare(nativeCoder(tables), RansCoder.reference(tables), streams);
        }
    }

    private static void compare(RansCoder one, RansCoder other, Streams streams) {
        try (RansCoder.Reader first = one.reader(); RansCoder.Reader second = other.reader()) {
            int count = streams.bytes.length;
            int[][] found = new int[count][];
            int[][] wanted = new int[count][];
            first.start(count);
            second.start(count);
            for (int s = 0; s < count; s++) {
                found[s] = new int[streams.rows[s].length];
                wanted[s] = new int[streams.rows[s].length];
                first.open(s, streams.bytes[s], 0, streams.bytes[s].length);
                second.open(s, streams.bytes[s], 0, streams.bytes[s].length);
            }
            first.get(streams.counts(), streams.rows, found);
            second.get(streams.counts(), streams.rows, wanted);
            first.finish();
            second.finish();
            for (int s = 0; s < count; s++) {
                assertEquals(second.read(s), first.read(s));
                assertArrayEquals(java.util.Arrays.copyOf(wanted[s], second.read(s)),
                        java.util.Arrays.copyOf(found[s], first.read(s)));
                if (second.failure(s) == null) {
                    assertNull(first.failure(s));
                } else {
                    assertEquals(second.failure(s).getMessage(), first.failure(s).getMessage());
                }
            }
        }
    }

    @Test
    void aReaderGoesOnWithMoreAndFewerStreamsInStages() {
        CdfTables tables = RandomTables.create(new SplittableRandom(5));
        RansCoder coder = nativeCoder(tables);
        try (RansCoder.Reader reader = coder.reader()) {
            for (int count : new int[]{1, 20, 3, 50}) {
                Streams streams = Streams.of(new SplittableRandom(count), tables, count);
                reader.start(count);
                for (int s = 0; s < count; s++) {
                    reader.open(s, streams.bytes[s], 0, streams.bytes[s].length);
                }
                int[] none = new int[count];
                reader.get(none, streams.rows, new int[count][0]);
                int[][] values = new int[count][];
                for (int s = 0; s < count; s++) {
                    values[s] = new int[streams.rows[s].length];
                }
                reader.get(streams.counts(), streams.rows, values);
                reader.finish();
                for (int s = 0; s < count; s++) {
                    assertNull(reader.failure(s));
                    assertArrayEquals(streams.values[s], values[s]);
                }
            }
        }
    }

    @Test
    void whatCannotBeCodedIsRefusedInTheSameWordsAndForgotten() {
        CdfTables tables = RansVectorsTest.TABLES;
        try (RansCoder.Writer fast = nativeCoder(tables).writer();
                RansCoder.Writer plain = RansCoder.reference(tables).writer()) {
            char[] rows = {0, 1};
            int[] values = {1, Integer.MAX_VALUE};
            String words = assertThrows(IllegalArgumentException.class, () -> plain.put(rows, 0, values, 0, 2))
                    .getMessage();
            fast.put(rows, 0, values, 0, 2);
            assertEquals(words, assertThrows(IllegalArgumentException.class, fast::finish).getMessage());
            assertArrayEquals(plain.finish(), fast.finish());
            fast.put(new char[]{2}, 0, values, 0, 1);
            assertThrows(IndexOutOfBoundsException.class, fast::finish);
            assertThrows(IndexOutOfBoundsException.class, () -> fast.put(rows, 1, values, 0, 2));
        }
        try (RansCoder.Reader reader = nativeCoder(tables).reader()) {
            reader.start(1);
            reader.open(0, new byte[]{0, 0, 0, (byte) 128, 0, 0, 0, 0}, 0, 8);
            assertThrows(IndexOutOfBoundsException.class,
                    () -> reader.get(new int[]{1}, new char[][]{{2}}, new int[1][1]));
            assertThrows(IndexOutOfBoundsException.class,
                    () -> reader.get(new int[]{2}, new char[][]{{0}}, new int[1][2]));
            reader.open(0, new byte[3], 0, 3);
            assertNotNull(reader.failure(0));
        }
    }

    @Test
    void manyThreadsShareOneCoder() throws Exception {
        CdfTables tables = RandomTables.create(new SplittableRandom(6));
        RansCoder coder = nativeCoder(tables);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?>[] all = new Future<?>[40];
            for (int i = 0; i < all.length; i++) {
                Streams streams = Streams.of(new SplittableRandom(i), tables, 5);
                all[i] = threads.submit(() -> compare(coder, RansCoder.reference(tables), streams));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    @Test
    void slicesDecodeTheSameAloneAndTogether() {
        OperatingStep step = new OperatingStep(1, 0.25f, 0);
        CodecModel model = RandomCodecModels.create(1, 16, 24, 3, 20, step);
        SliceCodec plain = SliceCodec.plain(model);
        SliceCodec fast = new SliceCodec(model, MemoryAccount.process().owner("test"));
        TokenLatents latents = RandomCodecModels.latents(model, step, 3, 90);
        List<byte[]> slices = new ArrayList<>(fast.encode(latents, step, new SliceLimits(400, 12)));
        assertArrayEquals(slices.toArray(), plain.encode(latents, step, new SliceLimits(400, 12)).toArray());
        slices.set(3, new byte[20]);
        slices.add(new byte[0]);
        List<SliceOutcome> together = fast.decodeAll(slices);
        assertEquals(slices.size(), together.size());
        for (int i = 0; i < slices.size(); i++) {
            byte[] slice = slices.get(i);
            if (i == 3 || i == slices.size() - 1) {
                CorruptBitstreamException alone = assertThrows(CorruptBitstreamException.class,
                        () -> plain.decode(slice));
                assertEquals(alone.getMessage(), together.get(i).failure().getMessage());
                assertThrows(CorruptBitstreamException.class, together.get(i)::orElseThrow);
            } else {
                assertArrayEquals(plain.decode(slice).values(), together.get(i).orElseThrow().values());
            }
        }
        assertEquals(List.of(), fast.decodeAll(List.of()));
        assertThrows(IllegalArgumentException.class,
                () -> SliceCodec.over(model, model.hyper(), RansCoder.reference(RansVectorsTest.TABLES)));
        fast.close();
    }

    @Test
    void holdsItsTablesWritersAndReadersUntilItIsClosed() {
        MemoryAccount memory = new MemoryAccount("test", 1 << 24);
        RansCoder coder = RansCoder.of(RandomTables.create(new SplittableRandom(5)), memory);
        long tables = memory.reservedBytes();
        assertTrue(tables > 0);
        Streams streams = Streams.of(new SplittableRandom(1), coder.tables(), 3);
        compare(coder, RansCoder.reference(coder.tables()), streams);
        long kept = memory.reservedBytes();
        assertTrue(kept > tables);
        compare(coder, RansCoder.reference(coder.tables()), streams);
        assertEquals(kept, memory.reservedBytes());
        RansCoder.Writer out = coder.writer();
        out.put(streams.rows()[0], 0, streams.values()[0], 0, streams.rows()[0].length);
        coder.close();
        coder.close();
        assertTrue(memory.reservedBytes() > 0);
        assertThrows(IllegalStateException.class, out::finish);
        out.close();
        assertEquals(0, memory.reservedBytes());
        assertThrows(IllegalStateException.class, coder::reader);
        assertThrows(IllegalStateException.class, coder::writer);
    }

    @Test
    void aReaderThatGrewPastItsBoundIsNotKept() {
        CdfTables tables = RansVectorsTest.TABLES;
        MemoryAccount memory = new MemoryAccount("test", 1L << 30);
        try (RansCoder coder = RansCoder.of(tables, memory)) {
            long before = memory.reservedBytes();
            try (RansCoder.Reader reader = coder.reader()) {
                reader.start(1);
                reader.open(0, new byte[32 << 20], 0, 32 << 20);
                assertTrue(memory.reservedBytes() > before + (32 << 20));
            }
            assertEquals(before, memory.reservedBytes());
        }
    }
}
