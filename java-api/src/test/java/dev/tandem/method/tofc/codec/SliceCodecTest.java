package dev.tandem.method.tofc.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.RansCoder;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tokens.DecodedSlice;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.MemoryKind;
import dev.tandem.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SliceCodecTest {
    private static final OperatingStep FINE = new OperatingStep(1, 0.25f, 0);
    private static final OperatingStep COARSE = new OperatingStep(200, 1.5f, -40);
    private static final CodecModel MODEL = RandomCodecModels.create(1, 16, 24, 3, 20, FINE, COARSE);
    private static final SliceCodec CODEC = new SliceCodec(MODEL, MemoryAccount.process().owner("test"));

    @Property
    void everyTokenComesBackWithinHalfAStep(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int count,
            @ForAll @IntRange(min = 100, max = 1200) int payload,
            @ForAll @IntRange(min = 1, max = 20) int least) {
        for (OperatingStep step : MODEL.steps()) {
            TokenLatents latents = RandomCodecModels.latents(MODEL, step, seed, count);
            List<byte[]> slices = CODEC.encode(latents, step, new SliceLimits(payload, least));
            assertTrue(slices.size() >= Math.min(least, count));
            int rank = 0;
            for (byte[] slice : slices) {
                assertTrue(slice.length <= payload);
                DecodedSlice decoded = CODEC.decode(slice);
                assertEquals(step.id(), decoded.operatingPoint());
                assertEquals(rank, decoded.firstRank());
                assertEquals(count, decoded.total());
                assertEquals(decoded.count() * 24, decoded.values().length);
                for (int i = 0; i < decoded.values().length; i++) {
                    assertEquals(latents.value(rank * 24 + i), decoded.values()[i], step.step() * 0.5001f);
                }
                rank += decoded.count();
            }
            assertEquals(count, rank);
        }
    }

    @Test
    void anySubsetInAnyOrderDecodesToTheSameTokens() {
        TokenLatents latents = RandomCodecModels.latents(MODEL, FINE, 3, 30);
        List<byte[]> slices = CODEC.encode(latents, FINE, new SliceLimits(1100, 6));
        float[] whole = CODEC.decode(CODEC.encode(latents, FINE, new SliceLimits(65_535, 1)).getFirst()).values();
        List<byte[]> order = new ArrayList<>(slices);
        Collections.shuffle(order, new Random(4));
        for (byte[] slice : order.subList(0, 4)) {
            DecodedSlice decoded = CODEC.decode(slice);
            int from = decoded.firstRank() * 24;
            assertArrayEquals(Arrays.copyOfRange(whole, from, from + decoded.count() * 24), decoded.values());
        }
    }

    @Test
    void slicesAreOfNearlyEqualSize() {
        TokenLatents latents = RandomCodecModels.latents(MODEL, FINE, 5, 64);
        List<byte[]> slices = CODEC.encode(latents, FINE, new SliceLimits(1100, 4));
        assertEquals(4, slices.size());
        int most = slices.stream().mapToInt(s -> s.length).max().orElseThrow();
        int least = slices.stream().mapToInt(s -> s.length).min().orElseThrow();
        assertTrue(most - least < 40, most + " and " + least);
    }

    @Test
    void encodingTwiceGivesTheSameBytes() {
        TokenLatents latents = RandomCodecModels.latents(MODEL, COARSE, 6, 50);
        List<byte[]> once = CODEC.encode(latents, COARSE, SliceLimits.defaults());
        List<byte[]> twice = new SliceCodec(MODEL, MemoryAccount.process().owner("test")).encode(latents, COARSE,
                SliceLimits.defaults());
        assertEquals(once.size(), twice.size());
        for (int i = 0; i < once.size(); i++) {
            assertArrayEquals(once.get(i), twice.get(i));
        }
    }

    @Test
    void valuesAndSymbolsFarOutAreSaturated() {
        TokenLatents latents = RandomCodecModels.latents(MODEL, FINE, 7, 2);
        latents.values().setAtIndex(ValueLayout.JAVA_FLOAT, 0, Float.MAX_VALUE);
        latents.values().setAtIndex(ValueLayout.JAVA_FLOAT, 30, -1e20f);
        latents.z()[0] = 1_000_000;
        DecodedSlice decoded = CODEC.decode(CODEC.encode(latents, FINE, SliceLimits.defaults()).getFirst());
        assertTrue(decoded.values()[0] > 32_767 * 0.25f - 200);
        assertTrue(decoded.values()[30] < -32_768 * 0.25f + 200);
    }

    @Test
    void aTokenLargerThanThePayloadIsRefusedWithTheNumbers() {
        TokenLatents some = RandomCodecModels.latents(MODEL, FINE, 8, 4);
        float[] tokens = some.toFloats();
        Arrays.fill(tokens, 48, 72, 1e4f);
        TokenLatents latents = new TokenLatents(4, 24, tokens, some.experts(), some.z());
        String message = refusal(latents, FINE, new SliceLimits(100, 1));
        assertTrue(message.matches("token \\[2] alone takes a slice of \\[1\\d\\d] bytes; the payload is \\[100];.*"),
                message);
    }

    @Test
    void refusesLatentsThatTheModelCannotCode() {
        TokenLatents good = RandomCodecModels.latents(MODEL, FINE, 9, 4);
        float[] tokens = good.toFloats();
        tokens[25] = Float.NaN;
        assertTrue(refusal(new TokenLatents(4, 24, tokens, good.experts(), good.z()), FINE)
                .contains("token [1] value [1] is [NaN]"));
        assertTrue(refusal(new TokenLatents(4, 24, good.toFloats(), new int[]{0, 1, 16, 3}, good.z()), FINE)
                .contains("token [2] names expert [16]"));
        assertTrue(refusal(new TokenLatents(4, 24, good.toFloats(), good.experts(), new int[8]), FINE)
                .contains("[8] z symbols"));
        assertTrue(refusal(new TokenLatents(4, 12, new float[48], good.experts(), good.z()), FINE)
                .contains("tokens of width [24]"));
        assertTrue(refusal(good, new OperatingStep(1, 0.5f, 0)).contains("the model has"));
    }

    @Test
    void roundsTheAnalysisHalfToEvenAndSaturates() {
        TokenLatents latents = TokenLatents.of(new float[2], 1, new long[]{3, 4}, new float[]{0.5f, 1.5f, -2.5f, 1e9f});
        assertArrayEquals(new int[]{0, 2, -2, 127}, latents.z());
        assertArrayEquals(new int[]{3, 4}, latents.experts());
        assertThrows(IllegalArgumentException.class,
                () -> TokenLatents.of(new float[2], 1, new long[2], new float[]{0, Float.NaN}));
    }

    @Test
    void theIdealCodeLengthCountsEveryPart() {
        TokenLatents latents = RandomCodecModels.latents(MODEL, FINE, 10, 20);
        CodeLength length = CODEC.codeLength(latents, FINE);
        assertEquals(CODEC.idealBits(latents, FINE), length.expertBits() + length.zBits() + length.yBits());
        assertTrue(length.expertBits() > 20 * 3 && length.expertBits() < 20 * 8);
        int streams = CODEC.encode(latents, FINE, new SliceLimits(65_535, 1)).getFirst().length - 9;
        assertEquals(length.totalBits(), streams * 8, 64);
    }

    @Test
    void tokensInTensorsGiveTheSameSlices() {
        TokenLatents arrays = RandomCodecModels.latents(MODEL, FINE, 11, 20);
        try (Arena arena = Arena.ofConfined()) {
            Tensor tokens = Tensor.allocate(arena, DType.FLOAT32, 20, MODEL.tokenWidth());
            Tensor expert = Tensor.allocate(arena, DType.INT64, 20);
            Tensor z = Tensor.allocate(arena, DType.FLOAT32, 20, MODEL.hyperWidth());
            tokens.setFloats(arrays.toFloats());
            expert.setLongs(Arrays.stream(arrays.experts()).asLongStream().toArray());
            float[] symbols = new float[arrays.z().length];
            for (int i = 0; i < symbols.length; i++) {
                symbols[i] = arrays.z()[i] + 0.25f;
            }
            z.setFloats(symbols);
            TokenLatents latents = TokenLatents.of(tokens, expert, z);
            assertArrayEquals(CODEC.encode(arrays, FINE, SliceLimits.defaults()).toArray(),
                    CODEC.encode(latents, FINE, SliceLimits.defaults()).toArray());
            assertThrows(IllegalArgumentException.class, () -> TokenLatents.of(tokens, z, expert));
            assertThrows(IllegalArgumentException.class, () -> TokenLatents.of(tokens.reshape(10, 48), expert, z));
            assertThrows(IllegalArgumentException.class, () -> TokenLatents.of(
                    Tensor.wrap(tokens.data(), MemoryKind.DEVICE, DType.FLOAT32, 20, 24), expert, z));
            tokens.data().setAtIndex(ValueLayout.JAVA_FLOAT, 25, Float.NaN);
            assertTrue(refusal(latents, FINE).contains("token [1] value [1] is [NaN]"));
        }
    }

    @Test
    void whatItHoldsIsCountedAndGivenBack() {
        MemoryAccount memory = new MemoryAccount("test", 1 << 28);
        TokenLatents latents = RandomCodecModels.latents(MODEL, FINE, 12, 30);
        SliceCodec codec = new SliceCodec(MODEL, memory);
        for (int round = 0; round < 3; round++) {
            codec.decodeAll(codec.encode(latents, FINE, new SliceLimits(200, 3)));
        }
        long held = memory.reservedBytes();
        codec.decodeAll(codec.encode(latents, FINE, new SliceLimits(200, 3)));
        assertEquals(held, memory.reservedBytes());
        byte[] slice = codec.encode(latents, FINE, SliceLimits.defaults()).getFirst();
        codec.close();
        codec.close();
        assertEquals(0, memory.reservedBytes());
        assertThrows(IllegalStateException.class, () -> codec.encode(latents, FINE, SliceLimits.defaults()));
        assertThrows(IllegalStateException.class, () -> codec.decode(slice));
        assertThrows(IllegalStateException.class, () -> codec.decodeAll(List.of(slice)));
    }

    @Test
    void givenPartsStayTheirOwners() {
        MemoryAccount memory = new MemoryAccount("test", 1 << 28);
        TokenLatents latents = RandomCodecModels.latents(MODEL, FINE, 13, 8);
        try (HyperSynthesis hyper = HyperSynthesis.best(MODEL.hyper(), memory);
                RansCoder coder = RansCoder.of(MODEL.tables(), memory)) {
            List<byte[]> first;
            try (SliceCodec codec = SliceCodec.over(MODEL, hyper, coder)) {
                assertSame(hyper, codec.hyper());
                first = codec.encode(latents, FINE, SliceLimits.defaults());
            }
            try (SliceCodec codec = SliceCodec.over(MODEL, hyper, coder)) {
                assertArrayEquals(first.toArray(), codec.encode(latents, FINE, SliceLimits.defaults()).toArray());
            }
        }
        assertEquals(0, memory.reservedBytes());
    }

    private static String refusal(TokenLatents latents, OperatingStep step) {
        return refusal(latents, step, SliceLimits.defaults());
    }

    private static String refusal(TokenLatents latents, OperatingStep step, SliceLimits limits) {
        return assertThrows(IllegalArgumentException.class, () -> CODEC.encode(latents, step, limits)).getMessage();
    }
}
