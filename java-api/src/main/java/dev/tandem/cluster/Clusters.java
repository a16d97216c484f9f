package dev.tandem.cluster;

/**
 * Clusters of one picture, the most important first; their merged tokens lie in the tensor that the caller gave. The
 * arrays belong to the caller; whoever holds the record may change them.
 *
 * @param centres
 *            [clusters] index of the token at each centre, in descending importance
 * @param assignment
 *            [n] rank of the cluster that each token joined
 * @param importance
 *            [clusters] ln(density * separation), descending; negative infinity where a centre coincides with a denser
 *            token
 */
public record Clusters(int[] centres, int[] assignment, float[] importance) {}
