package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.method.tofc.codec.RandomCodecModels;
import dev.tandem.method.tofc.codec.ReferenceHyperSynthesis;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes {@code hyper.bin}: networks random and at the ends of every range, and files that must be refused. */
final class HyperGenerator {
    private static final int[] ODD = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 63, 64, 65, 129};

    private HyperGenerator() {
    }

    static HyperGroup.Set set() {
        List<HyperGroup> groups = new ArrayList<>();
        groups.add(group("random", RandomCodecModels.hyperFile(3, 2, 24, 5, 20), 6));
        groups.add(group("wide", RandomCodecModels.hyperFile(4, 1, 32, 8, 30), 3));
        for (int i = 0; i < ODD.length; i++) {
            int hidden = ODD[(i * 7 + 3) % ODD.length];
            int width = 1 + (i * 5) % 19;
            groups.add(group("tails " + ODD[i] + " " + hidden + " " + 2 * width,
                    new NetworkMaker(20, ODD[i], hidden, 2 * width).noise(i, 1000).file(), 3));
        }
        groups.add(group("one layer", new NetworkMaker(12, 9, 34).experts(4).noise(90, 90).file(), 6));
        groups.add(group("eight layers", new NetworkMaker(18, 6, 12, 10, 11, 9, 14, 7, 13, 16).noise(91, 9000).file(),
                6));
        // Inputs of 255 against -128 and 127: pairs leave 16 bits, as do products of unsigned and signed bytes.
        groups.add(group("pairs beyond 16 bits", new NetworkMaker(1, 40, 70, 8).weight(i -> (i / 3 & 1) * 255 - 128)
                .bias(o -> 40_000).multiplier(o -> 2).file(), 4));
        groups.add(group("all at -128", new NetworkMaker(9, 64, 67, 8).weight(i -> -128).bias(o -> 1_100_000)
                .multiplier(o -> 1).file(), 4));
        groups.add(group("all at 127", new NetworkMaker(9, 33, 100, 6).weight(i -> 127).bias(o -> -500_000)
                .multiplier(o -> 1).file(), 4));
        groups.add(group("sums up to 2^31 - 1", new NetworkMaker(47, 3, 10).weight(i -> (i & 1) == 0 ? 127 : -128)
                .bias(o -> (o & 1) == 0 ? Integer.MAX_VALUE - 49_000 : -Integer.MAX_VALUE + 49_000)
                .multiplier(o -> Integer.MAX_VALUE).file(), 6));
        groups.add(group("multipliers 0 and 2^31 - 1, shift 1", new NetworkMaker(1, 5, 8, 12)
                .weight(i -> i % 7 - 3).multiplier(o -> o % 3 == 0 ? 0 : Integer.MAX_VALUE).file(), 6));
        for (int shift : new int[]{1, 2, 8, 31, 32, 33, 46, 47}) {
            int least = (int) Math.min(Integer.MAX_VALUE, 1L << Math.max(0, shift - 3));
            groups.add(group("ties at shift " + shift,
                    new NetworkMaker(shift, 2, 16).weight(i -> i % 5 - 2).bias(o -> o - 8)
                            .multiplier(o -> least).file(),
                    8));
        }
        return new HyperGroup.Set(groups, files());
    }

    private static HyperGroup group(String name, byte[] file, int runs) {
        ReferenceHyperSynthesis hyper = ReferenceHyperSynthesis.read(ByteBuffer.wrap(file));
        SplittableRandom random = new SplittableRandom(name.hashCode());
        List<HyperGroup.Run> made = new ArrayList<>();
        for (int r = 0; r < runs; r++) {
            int[] z = new int[hyper.hyperWidth()];
            // The ends of the range, then beyond it, then what is usual.
            int reach = r < 2 ? 0 : r == 2 ? 1 << 30 : 140;
            for (int i = 0; i < z.length; i++) {
                z[i] = reach == 0 ? (r + i & 1) * 254 - 127 : random.nextInt(-reach, reach + 1);
            }
            int expert = r % hyper.experts();
            int[] mean = new int[hyper.tokenWidth()];
            int[] scale = new int[mean.length];
            hyper.run(expert, z, 0, mean, scale, 0);
            made.add(new HyperGroup.Run(expert, z, mean, scale));
        }
        List<HyperGroup.Index> indices = new ArrayList<>();
        for (int logit : new int[]{-32768, -1, 0, 15, 16, 17, 500, 1007, 1008, 1009, 32767}) {
            for (int shift : new int[]{-32768, -14, 0, 1, 32767}) {
                indices.add(new HyperGroup.Index(logit, shift, hyper.scaleIndex(logit, shift)));
            }
        }
        return new HyperGroup(name, file, made, name.equals("random") ? indices : List.of());
    }

    private static List<FileCase> files() {
        byte[] good = new NetworkMaker(12, 3, 5, 4).experts(2).noise(1, 50).file();
        int shifts = 20 + 12;
        int thresholds = shifts + 4;
        int weights = thresholds + 252;
        int biases = weights + 16;
        int multipliers = biases + 20;
        FileEdits edits = new FileEdits(good, f -> ReferenceHyperSynthesis.read(ByteBuffer.wrap(f)));
        edits.cut(0, 19, 20, 24, shifts, thresholds, weights - 1, weights, good.length - 1, good.length - 4,
                good.length + 1, good.length + 4).word("magic", 0, 0).word("version", 4, 0, 2)
                .word("experts", 8, 0, 1, 3, 257, -1, Integer.MIN_VALUE)
                .word("layers", 12, 0, 1, 3, 8, 9, -1).word("fraction bits", 16, 15, 16, -1)
                .word("first width", 20, 0, 2, 16_384, 16_385, -1).word("second width", 24, 0, 16_384, -1)
                .word("last width", 28, 0, 3, 5, 16_384, 16_386).octet("shift", shifts, 0).octet("shift", shifts, 47)
                .octet("shift", shifts, 48).octet("shift", shifts + 1, 255).octet("padding", shifts + 2, 1)
                .octet("padding", shifts + 3, 255).octet("padding of weights", weights + 15, 1)
                .word("threshold", thresholds, 31, 32, 33, Integer.MIN_VALUE)
                .word("threshold", thresholds + 248, 992, 991,
                        Integer.MAX_VALUE)
                .word("bias", biases, Integer.MAX_VALUE, Integer.MIN_VALUE, -Integer.MAX_VALUE)
                .word("multiplier", multipliers, 0, Integer.MAX_VALUE, -1, Integer.MIN_VALUE);
        // The bound is exact: |bias| + sum of |weight| * 127 may be 2^31 - 1 and no more.
        ByteBuffer view = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
        int sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += 127 * Math.abs(view.get(weights + i));
        }
        edits.word("bias at the bound", biases, Integer.MAX_VALUE - sum, Integer.MAX_VALUE - sum + 1,
                -(Integer.MAX_VALUE - sum), -(Integer.MAX_VALUE - sum) - 1);
        return edits.noise(5, 10).cases();
    }
}
