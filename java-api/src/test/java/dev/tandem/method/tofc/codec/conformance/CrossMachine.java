package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tofc.codec.CodecModel;
import dev.tandem.method.tofc.codec.OperatingStep;
import dev.tandem.method.tofc.codec.RandomCodecModels;
import dev.tandem.method.tofc.codec.ReferenceHyperSynthesis;
import dev.tandem.method.tofc.codec.SliceCodec;
import dev.tandem.method.tofc.codec.TokenLatents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Two machines code the same pictures and read each other's slices; whoever compares their files sees whether they can
 * talk. Both use the fastest code they have.
 *
 * <p>{@code java dev.tandem.method.tofc.codec.conformance.CrossMachine OWN OTHER} writes OWN/slices.bin, then reads
 * OTHER/slices.bin and writes what its slices decode to into OWN/values.bin.
 */
public final class CrossMachine {
    private static final OperatingStep[] STEPS = {new OperatingStep(1, 0.5f, 0), new OperatingStep(2, 1.25f, -14)};

    private CrossMachine() {
    }

    /** See the class. */
    public static void main(String[] args) throws IOException {
        System.out.println(run(Path.of(args[0]), Path.of(args[1])));
    }

    /** Does it and says what was done. */
    static String run(Path own, Path other) throws IOException {
        byte[] hyper = RandomCodecModels.hyperFile(7, 16, 384, 24, 15);
        CodecModel model = new CodecModel(RandomCodecModels.tables(7, 16, 24),
                ReferenceHyperSynthesis.read(ByteBuffer.wrap(hyper)),
                List.of(STEPS));
        try (SliceCodec codec = new SliceCodec(model, MemoryAccount.process().owner("test"))) {
            return run(model, codec, own, other);
        }
    }

    private static String run(CodecModel model, SliceCodec codec, Path own, Path other) throws IOException {
        CaseWriter slices = new CaseWriter("slices of one machine").number(2 * STEPS.length);
        for (OperatingStep step : STEPS) {
            for (int least = 1; least <= 2; least++) {
                TokenLatents latents = RandomCodecModels.latents(model, step, least, 16);
                List<byte[]> coded = codec.encode(latents, step, new SliceLimits(1100, least));
                slices.number(coded.size());
                coded.forEach(slices::bytes);
            }
        }
        Files.createDirectories(own);
        Files.write(own.resolve("slices.bin"), slices.toBytes());
        CaseReader in = new CaseReader(Files.readAllBytes(other.resolve("slices.bin")), "slices of one machine");
        CaseWriter values = new CaseWriter("values");
        int count = 0;
        for (int pictures = in.number(); pictures > 0; pictures--) {
            for (int n = in.number(); n > 0; n--, count++) {
                values.floats(codec.decode(in.bytes()).values());
            }
        }
        in.end();
        Files.write(own.resolve("values.bin"), values.toBytes());
        return "wrote " + 2 * STEPS.length + " pictures into [" + own + "], read " + count + " slices of [" + other
                + "]";
    }
}
