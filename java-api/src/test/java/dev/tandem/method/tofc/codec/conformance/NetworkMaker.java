package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.method.tofc.codec.HyperFileWriter;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/** Hyper files of any widths whose weights and scaling are made to hurt. */
final class NetworkMaker {
    private final int[] widths;
    private final int[] shifts;
    private int experts = 1;
    private IntUnaryOperator weight = i -> 1;
    private IntUnaryOperator bias = i -> 0;
    private IntUnaryOperator multiplier = i -> 1;

    NetworkMaker(int shift, int... widths) {
        this.widths = widths;
        shifts = new int[widths.length - 1];
        Arrays.fill(shifts, shift);
    }

    NetworkMaker experts(int count) {
        experts = count;
        return this;
    }

    /** By index in [outputs, inputs] of each layer. */
    NetworkMaker weight(IntUnaryOperator of) {
        weight = of;
        return this;
    }

    /** By output. */
    NetworkMaker bias(IntUnaryOperator of) {
        bias = of;
        return this;
    }

    /** By output. */
    NetworkMaker multiplier(IntUnaryOperator of) {
        multiplier = of;
        return this;
    }

    /** Seeded weights over all of int8, biases up to the magnitude, multipliers that keep values in use. */
    NetworkMaker noise(long seed, int magnitude) {
        SplittableRandom random = new SplittableRandom(seed);
        weight = i -> random.nextInt(-128, 128);
        bias = i -> random.nextInt(-magnitude, magnitude + 1);
        multiplier = i -> random.nextInt(1 << shifts[0] - 8, 1 << shifts[0] - 3);
        return this;
    }

    byte[] file() {
        HyperFileWriter out = new HyperFileWriter(experts, 8, widths, shifts);
        for (int e = 0; e < experts; e++) {
            for (int l = 0; l < shifts.length; l++) {
                byte[] weights = new byte[widths[l] * widths[l + 1]];
                for (int i = 0; i < weights.length; i++) {
                    weights[i] = (byte) weight.applyAsInt(i);
                }
                int[] biases = new int[widths[l + 1]];
                int[] multipliers = new int[biases.length];
                for (int o = 0; o < biases.length; o++) {
                    biases[o] = bias.applyAsInt(o);
                    multipliers[o] = multiplier.applyAsInt(o);
                }
                out.layer(weights, biases, multipliers);
            }
        }
        return out.toBytes();
    }
}
