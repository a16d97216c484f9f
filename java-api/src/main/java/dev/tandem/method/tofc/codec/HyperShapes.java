package dev.tandem.method.tofc.codec;

/** Shapes of a run over many tokens, checked before anything is computed. */
final class HyperShapes {
    private HyperShapes() {
    }

    /**
     * Values of all tokens.
     *
     * @throws IllegalArgumentException naming what does not fit
     */
    static int check(HyperSynthesis hyper, int[] experts, int[] z, int firstLength, int secondLength) {
        long values = (long) experts.length * hyper.tokenWidth();
        if (z.length < (long) experts.length * hyper.hyperWidth() || firstLength < values || secondLength < values) {
            throw new IllegalArgumentException("[" + experts.length + "] tokens need [" + experts.length + ", "
                    + hyper.hyperWidth() + "] z symbols and two results of [" + values + "] values, found ["
                    + z.length + "] symbols and room for [" + firstLength + "] and [" + secondLength + "]");
        }
        for (int t = 0; t < experts.length; t++) {
            if (experts[t] < 0 || experts[t] >= hyper.experts()) {
                throw new IllegalArgumentException("token [" + t + "] names expert [" + experts[t]
                        + "]; the network has 0.." + (hyper.experts() - 1));
            }
        }
        return (int) values;
    }
}
