package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.entropy.RansEncoder;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tofc.codec.CodecModel;
import dev.tandem.method.tofc.codec.OperatingStep;
import dev.tandem.method.tofc.codec.RandomCodecModels;
import dev.tandem.method.tofc.codec.ReferenceHyperSynthesis;
import dev.tandem.method.tofc.codec.SliceCodec;
import dev.tandem.method.tofc.codec.TokenLatents;
import dev.tandem.method.tokens.DecodedSlice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * Makes {@code slices.bin}: pictures coded by a small model, and their slices damaged with and without a right check
 * sum.
 */
final class SliceGenerator {
    private static final OperatingStep FINE = new OperatingStep(1, 0.5f, 0);
    private static final OperatingStep COARSE = new OperatingStep(200, 1.25f, -14);

    private final CodecModel model;
    private final SliceCodec codec;
    private final byte[] base;
    private final List<SliceGroup.Case> cases = new ArrayList<>();

    private SliceGenerator(CodecModel model, byte[] base) {
        this.model = model;
        this.codec = SliceCodec.plain(model);
        this.base = base;
    }

    static List<SliceGroup> groups() {
        return List.of(group("narrow", 21, 4, 6, 2, 12), group("wider", 22, 2, 30, 3, 25));
    }

    private static SliceGroup group(String name, long seed, int experts, int width, int hyperWidth, double scaleRow) {
        byte[] hyper = RandomCodecModels.hyperFile(seed, experts, width, hyperWidth, scaleRow);
        List<OperatingStep> steps = List.of(FINE, COARSE);
        CodecModel model = new CodecModel(RandomCodecModels.tables(seed, experts, hyperWidth),
                ReferenceHyperSynthesis.read(ByteBuffer.wrap(hyper)), steps);
        SliceCodec codec = SliceCodec.plain(model);
        List<SliceGroup.Picture> pictures = new ArrayList<>();
        for (int p = 0; p < 6; p++) {
            OperatingStep step = steps.get(p % 2);
            TokenLatents latents = p == 5
                    ? extreme(model, 4)
                    : RandomCodecModels.latents(model, step, seed + p, p == 4 ? 140 / width + 1 : 1 + 3 * p);
            SliceLimits limits = new SliceLimits(p == 3 ? 120 : 1100, 1 + p % 3);
            pictures.add(new SliceGroup.Picture(step, limits, latents, codec.encode(latents, step, limits)));
        }
        SliceGenerator damaged = new SliceGenerator(model, pictures.get(1).slices().getFirst());
        for (SliceGroup.Picture picture : pictures) {
            picture.slices().forEach(slice -> damaged.add("whole", slice));
        }
        damaged.damage();
        damaged.forge();
        return new SliceGroup(name, model.tables(), hyper, steps, pictures, damaged.cases);
    }

    /** Values far outside every table and half way between two symbols, z beyond its range. */
    private static TokenLatents extreme(CodecModel model, int count) {
        float[] tokens = new float[count * model.tokenWidth()];
        float[] some = {0, 0.25f, -0.75f, 1e9f, -1e9f, 40_000, -40_000, 0.625f, Float.MIN_VALUE, Float.MAX_VALUE};
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = some[i % some.length];
        }
        int[] experts = new int[count];
        Arrays.setAll(experts, t -> t % model.experts());
        int[] z = new int[count * model.hyperWidth()];
        Arrays.setAll(z, i -> new int[]{127, -127, 128, -1000, 0}[i % 5]);
        return new TokenLatents(count, model.tokenWidth(), tokens, experts, z);
    }

    private void add(String name, byte[] slice) {
        DecodedSlice[] decoded = new DecodedSlice[1];
        Verdict verdict = Verdict.of(slice, s -> decoded[0] = codec.decode(s));
        cases.add(new SliceGroup.Case(name, slice, verdict, decoded[0]));
    }

    private void damage() {
        for (int length : new int[]{0, 1, 4, 8, 16, 17, 20, base.length - 4, base.length - 1, base.length + 1}) {
            add("cut to " + length, Arrays.copyOf(base, length));
            byte[] sealed = Arrays.copyOf(base, length);
            if (length >= 4) {
                seal(sealed);
                add("cut to " + length + " under a right check sum", sealed);
            }
        }
        for (int at = 0; at < base.length; at += 3) {
            byte[] flipped = base.clone();
            flipped[at] ^= 16;
            add("byte " + at, flipped);
        }
        int[][] heads = {{0, 0}, {0, 2}, {0, 255}, {1, 0}, {1, 2}, {1, 200}, {2, 1}, {2, 127}, {2, 128}, {3, 0}, {3, 1},
                {3, 3}, {3, 255}, {4, 0}, {4, 3}, {4, 100}, {4, 130}};
        for (int[] head : heads) {
            byte[] sealed = base.clone();
            sealed[head[0]] = (byte) head[1];
            seal(sealed);
            add("header byte " + head[0] + " is " + head[1], sealed);
        }
        SplittableRandom random = new SplittableRandom(base.length);
        for (int i = 0; i < 60; i++) {
            byte[] sealed = base.clone();
            for (int k = random.nextInt(1, 4); k > 0; k--) {
                sealed[random.nextInt(5, base.length - 4)] = (byte) random.nextInt(256);
            }
            seal(sealed);
            add("stream noise " + i, sealed);
        }
    }

    /** Streams that are right in every state and hold a symbol that no slice may. */
    private void forge() {
        for (int expert : new int[]{-1, model.experts(), 70_000}) {
            add("expert " + expert, forged(expert, 0, 0));
        }
        for (int z : new int[]{-128, 127, 128, 1_000_000}) {
            add("z " + z, forged(0, z, 0));
        }
        for (int y : new int[]{-32_769, -32_768, 32_767, 32_768, 100_000_000}) {
            add("y " + y, forged(1, 0, y));
        }
    }

    /** One token; each z and y but the last of its kind is 0. */
    private byte[] forged(int expert, int lastZ, int lastY) {
        int hyperWidth = model.hyperWidth();
        int known = Math.clamp(expert, 0, model.experts() - 1);
        int[] z = new int[hyperWidth];
        z[hyperWidth - 1] = lastZ;
        int[] mean = new int[model.tokenWidth()];
        int[] logit = new int[mean.length];
        model.hyper().run(known, z, 0, mean, logit, 0);
        RansEncoder encoder = new RansEncoder();
        encoder.put(model.tables(), 0, expert);
        for (int c = 0; c < hyperWidth; c++) {
            encoder.put(model.tables(), 1 + known * hyperWidth + c, z[c]);
        }
        for (int k = 0; k < mean.length; k++) {
            int row = 1 + model.experts() * hyperWidth + model.hyper().scaleIndex(logit[k], FINE.scaleShift());
            encoder.put(model.tables(), row, k == mean.length - 1 ? lastY : 0);
        }
        byte[] stream = encoder.finish();
        byte[] slice = new byte[5 + stream.length + 4];
        System.arraycopy(new byte[]{1, (byte) FINE.id(), 0, 1, 1}, 0, slice, 0, 5);
        System.arraycopy(stream, 0, slice, 5, stream.length);
        seal(slice);
        return slice;
    }

    private static void seal(byte[] slice) {
        CRC32C crc = new CRC32C();
        crc.update(slice, 0, slice.length - 4);
        for (int i = 0; i < 4; i++) {
            slice[slice.length - 4 + i] = (byte) (crc.getValue() >>> 8 * i);
        }
    }
}
