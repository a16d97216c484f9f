package dev.tandem.method.bottleneck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.GoldenReplay;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.Point;
import dev.tandem.method.Slice;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.latent.LatentMap;
import dev.tandem.method.latent.RungKnobs;
import dev.tandem.method.latent.TinyLadder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BottleneckTest extends BottleneckRig {
    @Test
    void theGoldenVectorsPass() {
        List<GoldenResult> results = new ArrayList<>(GoldenReplay.run(TinyBottleneck.METHODS, host));
        results.addAll(GoldenReplay.run(TinyBottleneck.HEADS, host));
        results.forEach(result -> assertTrue(result.passed(), result.toString()));
        assertEquals(List.of("coarse", "coarse-b4", "fine"), results.stream().filter(r -> r.kind().equals("codec"))
                .map(GoldenResult::subject).sorted().toList());
    }

    @Test
    void anySubsetOfBandsIsAnswered() {
        Point four = TinyBottleneck.METHODS.point("coarse-b4");
        List<Slice> slices = send(four).slices();
        assertEquals(4, slices.size());
        LatentMap whole = decode(send(COARSE).slices(), COARSE, send(COARSE).slices().size());
        assertArrayEquals(whole.values(), decode(slices, four, 4).values());
        for (int mask = 1; mask < 16; mask++) {
            List<Slice> subset = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                if ((mask >> i & 1) == 1) {
                    subset.add(slices.get(i));
                }
            }
            Collections.shuffle(subset, new Random(mask));
            LatentMap map = decode(subset, four, 4);
            assertEquals(BitSet.valueOf(new long[]{mask}), map.here());
            assertEquals(4, map.total());
            for (int i = 0; i < whole.values().length; i++) {
                boolean here = (mask >> i / 12 % 8 % 4 & 1) == 1;
                assertTrue(!here || whole.values()[i] == map.values()[i]);
            }
            assertEquals(5, ask("mean", CLASSIFY, map).labels().size());
        }
    }

    @Test
    void slicesKeepToTheHostsPayloadAndGiveTheSameBytesEachTime() {
        Host narrow = new Host(host.engine(), MemoryAccount.process(), new SliceLimits(200, 3));
        try (DeviceHalf small = TinyBottleneck.METHODS.section("bottleneck").device(narrow)) {
            Look.Send sent = (Look.Send) small.look(PICTURE, FINE, CLASSIFY);
            assertTrue(sent.slices().size() > 3);
            assertTrue(sent.slices().stream().allMatch(slice -> slice.bytes().length <= 200));
            List<byte[]> first = sent.slices().stream().map(Slice::bytes).toList();
            small.look(TinyLadder.picture(4), COARSE, CLASSIFY);
            Look.Send again = (Look.Send) small.look(PICTURE, FINE, CLASSIFY);
            assertArrayEquals(first.toArray(), again.slices().stream().map(Slice::bytes).toArray());
        }
    }

    @Test
    void dropsSlicesOfAnotherRungAndRefusesWhatThePackHasNot() {
        List<Slice> fine = send(FINE).slices();
        assertThrows(CorruptBitstreamException.class, () -> decode(fine, COARSE, fine.size()));
        for (Point wrong : List.of(point(2, "fine"), point(9, "coarse"), point(2, "finest"))) {
            String device = assertThrows(IllegalArgumentException.class, () -> send(wrong)).getMessage();
            String edge = assertThrows(IllegalArgumentException.class, () -> decode(fine, wrong, 1)).getMessage();
            assertEquals(device, edge);
            assertTrue(device.contains("[fine, coarse]"), device);
        }
        assertThrows(IllegalArgumentException.class,
                () -> send(new Point(2, "x", "tofc", new dev.tandem.method.Knobs() {
                })));
        assertEquals(7, send(new Point(2, "coarse", "bottleneck", new RungKnobs("coarse", 7))).slices().size());
    }

    private static Point point(int id, String rung) {
        return new Point(id, "x", "bottleneck", new RungKnobs(rung, 0));
    }

    @Test
    void whatAHalfHoldsIsCountedAndGivenBack() {
        MemoryAccount memory = new MemoryAccount("test", 1 << 28);
        Host counted = new Host(host.engine(), memory, SliceLimits.defaults());
        try (DeviceHalf one = TinyBottleneck.METHODS.section("bottleneck").device(counted);
                EdgeHalf other = TinyBottleneck.METHODS.section("bottleneck").edge(counted)) {
            List<Slice> slices = ((Look.Send) one.look(PICTURE, FINE, CLASSIFY)).slices();
            other.begin(FINE, slices.size(), 1).add(slices);
            long held = memory.reservedBytes();
            one.look(PICTURE, FINE, CLASSIFY);
            assertEquals(held, memory.reservedBytes());
        }
        assertEquals(0, memory.reservedBytes());
    }
}
