package dev.tandem.cluster;

import dev.tandem.tensor.Tensor;
import java.util.Arrays;

/**
 * Density-peak clustering by k nearest neighbours with a plain mean merge, made deterministic: no jitter, densities and
 * importances as logarithms, the lower index is denser and more important on ties. The reference that faster versions
 * are compared with. Stateless, safe for several threads; allocates n * n floats a call.
 *
 * <p>A token's density is exp(-(1/K) sum of its K smallest mean squared distances, itself included). Its separation is
 * the least distance to a denser token; the densest token gets the greatest distance in the picture. Centres are the
 * tokens with the greatest product of the two. Every token joins its nearest centre (the more important one on ties); a
 * centre stays in its own cluster even if another centre is equal to it.
 */
public final class DpcKnn implements TokenClusterer {
    @Override
    public Clusters cluster(Tensor tokens, int clusters, int neighbours, Tensor merged) {
        ClusterChecks.shapes(tokens, clusters, neighbours, merged);
        float[] values = tokens.toFloats();
        ClusterChecks.finite(values, tokens);
        int n = (int) tokens.dimension(0);
        int width = (int) tokens.dimension(1);
        SquaredDistances distances = new SquaredDistances(values, n, width);
        float greatest = distances.greatest();
        if (!Float.isFinite(greatest)) {
            throw ClusterChecks.overflow(tokens);
        }
        double[] density = logDensities(distances, n, Math.min(neighbours, n));
        double[] importance = logImportances(distances, density, greatest);
        int[] centres = Arrays.copyOf(descending(importance), clusters);
        int[] assignment = assign(distances, centres, n);
        float[] ranked = new float[clusters];
        for (int c = 0; c < clusters; c++) {
            ranked[c] = (float) importance[centres[c]];
        }
        merged.setFloats(means(values, assignment, width, clusters));
        return new Clusters(centres, assignment, ranked);
    }

    /** Sums run from the smallest distance up, so they do not depend on the order of the tokens. */
    private static double[] logDensities(SquaredDistances distances, int n, int k) {
        double[] density = new double[n];
        float[] nearest = new float[k];
        for (int i = 0; i < n; i++) {
            Arrays.fill(nearest, Float.POSITIVE_INFINITY);
            for (int j = 0; j < n; j++) {
                float d = distances.between(i, j);
                int at = k - 1;
                if (d >= nearest[at]) {
                    continue;
                }
                for (; at > 0 && nearest[at - 1] > d; at--) {
                    nearest[at] = nearest[at - 1];
                }
                nearest[at] = d;
            }
            double sum = 0;
            for (float d : nearest) {
                sum += d;
            }
            density[i] = -sum / k;
        }
        return density;
    }

    private static double[] logImportances(SquaredDistances distances, double[] density, float greatest) {
        int[] denserFirst = descending(density);
        double[] importance = new double[density.length];
        for (int p = 0; p < denserFirst.length; p++) {
            int i = denserFirst[p];
            float separation = p == 0 ? greatest : Float.POSITIVE_INFINITY;
            for (int q = 0; q < p; q++) {
                separation = Math.min(separation, distances.between(i, denserFirst[q]));
            }
            importance[i] = density[i] + 0.5 * StrictMath.log(separation);
        }
        return importance;
    }

    /** Indices by descending key; the sort is stable, so the lower index comes first on ties. */
    private static int[] descending(double[] keys) {
        Integer[] order = new Integer[keys.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(keys[b], keys[a]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    private static int[] assign(SquaredDistances distances, int[] centres, int n) {
        int[] assignment = new int[n];
        for (int i = 0; i < n; i++) {
            for (int c = 1; c < centres.length; c++) {
                if (distances.between(i, centres[c]) < distances.between(i, centres[assignment[i]])) {
                    assignment[i] = c;
                }
            }
        }
        for (int c = 0; c < centres.length; c++) {
            assignment[centres[c]] = c;
        }
        return assignment;
    }

    private static float[] means(float[] tokens, int[] assignment, int width, int clusters) {
        double[] sums = new double[clusters * width];
        int[] counts = new int[clusters];
        for (int i = 0; i < assignment.length; i++) {
            int to = assignment[i] * width;
            counts[assignment[i]]++;
            for (int k = 0; k < width; k++) {
                sums[to + k] += tokens[i * width + k];
            }
        }
        float[] merged = new float[clusters * width];
        for (int i = 0; i < merged.length; i++) {
            merged[i] = (float) (sums[i] / counts[i / width]);
        }
        return merged;
    }
}
