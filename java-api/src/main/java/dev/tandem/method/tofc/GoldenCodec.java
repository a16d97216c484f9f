package dev.tandem.method.tofc;

import dev.tandem.method.GoldenResult;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.Point;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tofc.codec.SliceCodec;
import dev.tandem.method.tofc.codec.TokenLatents;
import dev.tandem.method.tokens.TokenDecoding;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.pack.Pack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One codec vector: the slices byte for byte, and the tokens back within half a step. */
final class GoldenCodec {
    private static final String KIND = "codec";
    // Half a step, and what float32 may round besides.
    private static final double TOLERANCE = 0.5005;

    private GoldenCodec() {
    }

    static GoldenResult run(TofcSection section, Host host, TofcVector vector) {
        try (SliceCodec codec = new SliceCodec(section.codecModel(), host.memory().owner("codec"))) {
            Point point = section.points().stream().filter(one -> one.name().equals(vector.point())).findFirst()
                    .orElseThrow();
            TofcKnobs knobs = point.knobs(TofcKnobs.class);
            TokenLatents latents = GoldenLatents.read(section, vector);
            float[] tokens = latents.toFloats();
            List<byte[]> coded = codec.encode(latents, knobs.step(point.id()),
                    new SliceLimits(SliceLimits.DEFAULT_PAYLOAD_BYTES, Math.max(1, knobs.slices())));
            String differs = vector.slices().isEmpty() ? "" : difference(section.pack(), vector.slices(), coded);
            TokenDecoding decoding = new TokenDecoding(section.fields().tokenWidth(), point.id(), latents.count(),
                    codec);
            decoding.add(Look.Send.of(coded, Need.ANY, latents.count(), Map.of()).slices());
            TokenSet back = decoding.evidence();
            double most = 0;
            for (int i = 0; i < tokens.length; i++) {
                most = Math.max(most, Math.abs((double) tokens[i] - back.values()[i]));
            }
            double relative = most / knobs.step();
            int bytes = coded.stream().mapToInt(s -> s.length).sum();
            return new GoldenResult(KIND, point.name(), most, relative, TOLERANCE,
                    differs.isEmpty() && relative <= TOLERANCE,
                    differs.isEmpty() ? coded.size() + " slices, " + bytes + " bytes" : differs);
        } catch (RuntimeException e) {
            return GoldenResult.failed(KIND, vector.point(), String.valueOf(e.getMessage()));
        }
    }

    private static String difference(Pack pack, List<String> stored, List<byte[]> coded) {
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < Math.max(stored.size(), coded.size()); i++) {
            byte[] expected = i < stored.size() ? pack.bytes(stored.get(i)) : new byte[0];
            int at = Arrays.mismatch(expected, i < coded.size() ? coded.get(i) : new byte[0]);
            if (at >= 0) {
                differing.add("slice " + i + " from byte " + at);
            }
        }
        return differing.isEmpty() ? "" : "the coded bytes differ: " + differing;
    }
}
