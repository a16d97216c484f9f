package dev.tandem.method.tofc;

import dev.tandem.method.GoldenReplay.Result;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tofc.codec.OperatingStep;
import dev.tandem.method.tofc.codec.SliceCodec;
import dev.tandem.method.tofc.codec.TokenLatents;
import dev.tandem.method.tokens.Arrived;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.pack.GoldenVector;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One codec vector: the slices byte for byte, and the tokens back within half a step. */
public final class GoldenCodec {
    private static final String KIND = "codec";
    // Half a step, and what float32 may round besides.
    private static final double TOLERANCE = 0.5005;

    private GoldenCodec() {
    }

    public static Result run(Pack pack, GoldenVector.OfCodec vector) {
        try (SliceCodec codec = pack.sliceCodec()) {
            OperatingPoint op = pack.operatingPoint(vector.operatingPoint());
            int width = pack.manifest().codec().tokenWidth();
            TokenLatents latents = GoldenLatents.read(pack, vector);
            float[] tokens = latents.toFloats();
            List<byte[]> coded = codec.encode(latents, new OperatingStep(op.id(), op.step(), op.scaleShift()),
                    new SliceLimits(SliceLimits.DEFAULT_PAYLOAD_BYTES, Math.max(1, op.slices())));
            String differs = vector.slices().isEmpty() ? "" : difference(pack, vector.slices(), coded);
            TokenSet back = Arrived.gather(coded, width, op.id(), codec::decode);
            double most = 0;
            for (int i = 0; i < tokens.length; i++) {
                most = Math.max(most, Math.abs((double) tokens[i] - back.values()[i]));
            }
            int bytes = coded.stream().mapToInt(s -> s.length).sum();
            return new Result(KIND, op.name(), most, most / op.step(), TOLERANCE,
                    differs.isEmpty() && most / op.step() <= TOLERANCE,
                    differs.isEmpty() ? coded.size() + " slices, " + bytes + " bytes" : differs);
        } catch (IOException | RuntimeException e) {
            return Result.failed(KIND, vector.operatingPoint(), String.valueOf(e.getMessage()));
        }
    }

    private static String difference(Pack pack, List<String> stored, List<byte[]> coded) throws IOException {
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < Math.max(stored.size(), coded.size()); i++) {
            byte[] expected = i < stored.size() ? Files.readAllBytes(pack.file(stored.get(i))) : new byte[0];
            int at = Arrays.mismatch(expected, i < coded.size() ? coded.get(i) : new byte[0]);
            if (at >= 0) {
                differing.add("slice " + i + " from byte " + at);
            }
        }
        return differing.isEmpty() ? "" : "the coded bytes differ: " + differing;
    }
}
