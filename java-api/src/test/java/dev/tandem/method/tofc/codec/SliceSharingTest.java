package dev.tandem.method.tofc.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tokens.DecodedSlice;
import dev.tandem.method.tokens.SliceOutcome;
import dev.tandem.method.tokens.TokenRanks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One codec for many: threads at once, many slices at once, and headers without their streams. */
class SliceSharingTest {
    private static final OperatingStep STEP = new OperatingStep(7, 0.5f, 0);
    private static final CodecModel MODEL = RandomCodecModels.create(2, 8, 16, 3, 12, STEP);
    private static final int THREADS = 8;
    private static final int TIMES = 1000;

    @Test
    void oneStreamIsReadByEightThreadsAThousandTimes() throws Exception {
        TokenLatents latents = RandomCodecModels.latents(MODEL, STEP, 3, 12);
        try (SliceCodec codec = new SliceCodec(MODEL, new MemoryAccount("test", 1 << 28));
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            byte[] slice = codec.encode(latents, STEP, SliceLimits.defaults()).getFirst();
            float[] right = SliceCodec.plain(MODEL).decode(slice).values();
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                boolean together = t % 2 == 0;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < TIMES; i++) {
                        assertArrayEquals(right, together
                                ? codec.decodeAll(List.of(slice, slice)).getLast().orElseThrow().values()
                                : codec.decode(slice).values());
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    /** Notes the largest run. */
    private record Watched(HyperSynthesis network, int[] most) implements HyperSynthesis {
        @Override
        public int tokenWidth() {
            return network.tokenWidth();
        }

        @Override
        public int hyperWidth() {
            return network.hyperWidth();
        }

        @Override
        public int experts() {
            return network.experts();
        }

        @Override
        public int meanFractionBits() {
            return network.meanFractionBits();
        }

        @Override
        public int scaleIndex(int logit, int scaleShift) {
            return network.scaleIndex(logit, scaleShift);
        }

        @Override
        public void run(int expert, int[] z, int zOffset, int[] mean, int[] scale, int outOffset) {
            network.run(expert, z, zOffset, mean, scale, outOffset);
        }

        @Override
        public void scales(int[] experts, int[] z, int scaleShift, int firstRow, short[] mean, char[] rows) {
            most[0] = Math.max(most[0], experts.length);
            network.scales(experts, z, scaleShift, firstRow, mean, rows);
        }
    }

    /** The network runs over one picture's tokens at a time, whatever the number of slices. */
    @Test
    void manySlicesTakeNoLargerRunThanAPicture() {
        TokenLatents latents = RandomCodecModels.latents(MODEL, STEP, 4, 1500);
        Watched watched = new Watched(MODEL.hyper(), new int[1]);
        SliceCodec codec = SliceCodec.plain(MODEL, watched);
        byte[] slice = codec.encode(latents, STEP, new SliceLimits(65_535, 1)).getFirst();
        float[] right = codec.decode(slice).values();
        List<SliceOutcome> outcomes = codec.decodeAll(Collections.nCopies(5, slice));
        outcomes.forEach(outcome -> assertArrayEquals(right, outcome.orElseThrow().values()));
        assertEquals(3000, watched.most()[0]);
    }

    @Test
    void aHeaderSaysWhatItsStreamHolds() {
        TokenLatents latents = RandomCodecModels.latents(MODEL, STEP, 5, 300);
        SliceCodec codec = SliceCodec.plain(MODEL);
        for (byte[] slice : codec.encode(latents, STEP, new SliceLimits(400, 3))) {
            DecodedSlice held = codec.decode(slice);
            assertEquals(new TokenRanks(held.operatingPoint(), held.firstRank(), held.count(), held.total()),
                    codec.ranks(slice));
            slice[slice.length / 2] ^= 1;
            assertThrows(CorruptBitstreamException.class, () -> codec.ranks(slice));
        }
    }
}
