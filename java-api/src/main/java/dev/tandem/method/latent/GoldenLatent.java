package dev.tandem.method.latent;

import dev.tandem.method.GoldenResult;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.Point;
import dev.tandem.method.SliceLimits;
import dev.tandem.pack.Pack;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One codec vector: the slices byte for byte, and the symbols back. */
final class GoldenLatent {
    private static final String KIND = "codec";

    private GoldenLatent() {
    }

    static GoldenResult run(Ladder ladder, Host host, LatentVector vector) {
        Point point = ladder.points().stream().filter(one -> one.name().equals(vector.point())).findFirst()
                .orElseThrow();
        RungKnobs knobs = point.knobs(RungKnobs.class);
        try (LatentCodec codec = ladder.rung(point).codec(ladder.pack(), host.memory())) {
            int[] symbols = LatentSymbols.of(MemorySegment.ofArray(floats(ladder.pack().bytes(vector.latent()))));
            List<byte[]> coded = codec.encode(symbols, point.id(),
                    new SliceLimits(SliceLimits.DEFAULT_PAYLOAD_BYTES, Math.max(1, knobs.slices())));
            LatentDecoding decoding = new LatentDecoding(codec, point.id(), knobs.rung(), coded.size());
            decoding.add(Look.Send.of(coded, Need.ANY, coded.size(), Map.of()).slices());
            String wrong = difference(ladder.pack(), vector.slices(), coded) + backwards(symbols, decoding.evidence());
            return wrong.isEmpty()
                    ? GoldenResult.exact(KIND, point.name(), coded.size() + " slices, "
                            + coded.stream().mapToInt(slice -> slice.length).sum() + " bytes")
                    : GoldenResult.failed(KIND, point.name(), wrong);
        } catch (RuntimeException e) {
            return GoldenResult.failed(KIND, vector.point(), String.valueOf(e.getMessage()));
        }
    }

    private static float[] floats(byte[] bytes) {
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    private static String backwards(int[] symbols, LatentMap back) {
        for (int i = 0; i < symbols.length; i++) {
            if (symbols[i] != back.values()[i]) {
                return "value " + i + " is [" + back.values()[i] + "] after coding; needed " + symbols[i];
            }
        }
        return "";
    }

    private static String difference(Pack pack, List<String> stored, List<byte[]> coded) {
        List<String> differing = new ArrayList<>();
        for (int i = 0; !stored.isEmpty() && i < Math.max(stored.size(), coded.size()); i++) {
            byte[] expected = i < stored.size() ? pack.bytes(stored.get(i)) : new byte[0];
            int at = Arrays.mismatch(expected, i < coded.size() ? coded.get(i) : new byte[0]);
            if (at >= 0) {
                differing.add("slice " + i + " from byte " + at);
            }
        }
        return differing.isEmpty() ? "" : "the coded bytes differ: " + differing + "; ";
    }
}
