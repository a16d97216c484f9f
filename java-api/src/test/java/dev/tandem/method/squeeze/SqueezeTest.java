package dev.tandem.method.squeeze;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.image.Resize;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.GoldenReplay;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.PackHeads;
import dev.tandem.method.Point;
import dev.tandem.method.Slice;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.latent.LatentMap;
import dev.tandem.method.latent.LatentShape;
import dev.tandem.method.latent.RungKnobs;
import dev.tandem.method.latent.TinyLadder;
import dev.tandem.task.Task;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqueezeTest extends SqueezeRig {
    @Test
    void theGoldenVectorsPass() {
        List<GoldenResult> results = new ArrayList<>(GoldenReplay.run(METHODS, ladder.host()));
        results.addAll(GoldenReplay.run(PackHeads.of(PACK), ladder.host()));
        results.forEach(result -> assertTrue(result.passed(), result.toString()));
        assertEquals(List.of("half", "half-b4", "quarter"), results.stream().filter(r -> r.kind().equals("codec"))
                .map(GoldenResult::subject).sorted().toList());
    }

    @Test
    void eachRungHasAMapOfItsOwnSizeAndAnySubsetOfItsBandsIsAnswered() {
        Look.Send sent = ladder.send(TinyLadder.picture(3), FOUR);
        assertEquals(Need.ANY, sent.need());
        assertEquals(List.of("prepare", "encode", "coding"), List.copyOf(sent.stageNanos().keySet()));
        assertEquals(new LatentShape(12, 8, 12), map(TinyLadder.picture(3), HALF).shape());
        assertEquals(new LatentShape(12, 4, 6), map(TinyLadder.picture(3), QUARTER).shape());
        assertEquals("quarter", map(TinyLadder.picture(3), QUARTER).rung());
        for (int mask = 1; mask < 16; mask++) {
            BitSet wanted = BitSet.valueOf(new long[]{mask});
            LatentMap map = ladder.decode(sent.slices().stream().filter(slice -> wanted.get(slice.index())).toList(),
                    FOUR, 4);
            assertEquals(wanted, map.here());
            assertEquals(5, ladder.ask("mean", new Task.Classify(5), map).answer().labels().size());
        }
    }

    @Test
    void slicesOfTheOtherRungAreDroppedAndWhatThePackHasNotIsRefused() {
        List<Slice> half = ladder.send(TinyLadder.picture(3), HALF).slices();
        assertThrows(CorruptBitstreamException.class, () -> ladder.decode(half, QUARTER, half.size()));
        for (Point wrong : List.of(point(1, "quarter"), point(9, "half"), point(1, "third"))) {
            String words = assertThrows(IllegalArgumentException.class,
                    () -> ladder.send(TinyLadder.picture(3), wrong)).getMessage();
            assertTrue(words.startsWith("running squeeze at [") && words.contains("[half, quarter]"), words);
            for (Runnable other : List.<Runnable>of(() -> ladder.decode(half, wrong, 1),
                    () -> ladder.device().small(TinyLadder.picture(3), wrong))) {
                assertEquals(words, assertThrows(IllegalArgumentException.class, other::run).getMessage());
            }
        }
    }

    private static Point point(int id, String rung) {
        return new Point(id, "x", "squeeze", new RungKnobs(rung, 0));
    }

    /** A plain small picture with something added, so a person sees the same thing; the bits are not disturbed. */
    @Test
    void theSmallPictureIsOneOfWhatWasLookedAt() {
        for (long seed = 0; seed < 4; seed++) {
            RgbImage picture = TinyLadder.picture(seed);
            List<Slice> before = ladder.send(picture, FOUR).slices();
            for (Point point : List.of(HALF, FOUR, QUARTER)) {
                int scale = point == QUARTER ? 4 : 2;
                RgbImage small = ladder.device().small(picture, point).orElseThrow();
                RgbImage plain = Resize.bilinear(picture, 96 / scale, 64 / scale);
                assertEquals(96 / scale + " x " + 64 / scale, small.width() + " x " + small.height());
                assertTrue(difference(small, plain) < 40, "of " + difference(small, plain));
                assertTrue(difference(small, Resize.bilinear(TinyLadder.picture(seed + 9), 96 / scale,
                        64 / scale)) > difference(small, plain) + 5);
            }
            assertArrayEquals(before.stream().map(Slice::bytes).toArray(),
                    ladder.send(picture, FOUR).slices().stream().map(Slice::bytes).toArray());
        }
    }

    private static double difference(RgbImage a, RgbImage b) {
        double sum = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            sum += Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff));
        }
        return sum / a.rgb().length;
    }

    @Test
    void whatAHalfHoldsIsCountedAndGivenBack() {
        MemoryAccount memory = new MemoryAccount("test", 1 << 28);
        Host counted = new Host(ladder.host().engine(), memory, SliceLimits.defaults());
        try (DeviceHalf one = METHODS.section("squeeze").device(counted)) {
            one.look(TinyLadder.picture(1), HALF, new Task.Classify(1));
            long held = memory.reservedBytes();
            one.small(TinyLadder.picture(1), QUARTER);
            assertEquals(held, memory.reservedBytes());
        }
        assertEquals(0, memory.reservedBytes());
    }
}
