package dev.tandem.method.patches;

/** How unsure a classifier is (docs/methods.md, Attention-aware patches). */
enum Doubt {
    /** -log2 of the greatest probability, bits. */
    MIN_ENTROPY("min-entropy") {
        @Override
        double of(double[] probabilities) {
            double most = 0;
            for (double p : probabilities) {
                most = Math.max(most, p);
            }
            return -Math.log(most) / LN2;
        }
    },
    /** Shannon's entropy, bits. */
    SHANNON("shannon") {
        @Override
        double of(double[] probabilities) {
            double bits = 0;
            for (double p : probabilities) {
                bits -= p > 0 ? p * Math.log(p) / LN2 : 0;
            }
            return bits;
        }
    },
    /** The greatest probability less the second; the more, the surer. */
    MARGIN("margin") {
        @Override
        double of(double[] probabilities) {
            double first = 0;
            double second = 0;
            for (double p : probabilities) {
                second = Math.max(second, Math.min(first, p));
                first = Math.max(first, p);
            }
            return first - second;
        }

        @Override
        boolean sure(double[] probabilities, double eta) {
            return of(probabilities) > eta;
        }

        @Override
        double mostEta() {
            return 1;
        }
    };

    private static final double LN2 = Math.log(2);
    private static final double MOST_BITS = 64;

    private final String word;

    Doubt(String word) {
        this.word = word;
    }

    /** As packs and points name it. */
    String word() {
        return word;
    }

    /** The measure of probabilities that sum to 1. */
    abstract double of(double[] probabilities);

    /** Whether the device answers itself. */
    boolean sure(double[] probabilities, double eta) {
        return of(probabilities) < eta;
    }

    /** The greatest eta that means anything. */
    double mostEta() {
        return MOST_BITS;
    }
}
