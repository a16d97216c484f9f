package dev.tandem.method.latent;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.FactorisedPrior;
import dev.tandem.entropy.FactorisedPrior.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded factorised priors, maps drawn from them, and forged slices; the same on every machine. */
public final class RandomLatents {
    private RandomLatents() {
    }

    /** A row for each channel, from next to no bits a symbol to some five. */
    public static CdfTables tables(long seed, int channels) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Channel> all = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            double scale = StrictMath.exp(random.nextDouble() * 4 - 2.5);
            Channel one = Channel.initial(-21 * scale, 0.3 * random.nextDouble() * scale, 22 * scale);
            for (int i = 0; i < one.matrix()[0].length; i++) {
                // The network is x / 10 over that; softplus undone.
                double steep = StrictMath.log1p(StrictMath.exp(one.matrix()[0][i])) * 10 / scale;
                one.matrix()[0][i] = StrictMath.log(StrictMath.expm1(steep));
            }
            all.add(one);
        }
        return FactorisedPrior.of(all);
    }

    /** Symbols of a map, drawn by the tables' probabilities; one in a hundred far out. */
    public static int[] symbols(CdfTables tables, LatentShape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] symbols = new int[shape.values()];
        for (int i = 0; i < symbols.length; i++) {
            int row = i / shape.positions();
            symbols[i] = random.nextInt(100) == 0
                    ? random.nextInt(-32768, 32768) >> random.nextInt(16)
                    : tables.symbolAt(row, random.nextInt(65536)) + tables.offset(row);
        }
        return symbols;
    }

    /** As {@link #symbols}, each off its symbol by less than a half. */
    public static float[] values(CdfTables tables, LatentShape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed ^ 77);
        int[] symbols = symbols(tables, shape, seed);
        float[] values = new float[symbols.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = symbols[i] + (float) (random.nextDouble() * 0.9 - 0.45);
        }
        return values;
    }
}
