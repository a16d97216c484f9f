package dev.tandem.hil.relay;

/**
 * Plays a {@link Loss}: packet by packet, from numbers that the caller draws, so that every packet takes as many. One
 * thread.
 */
final class LossModel {
    /** How many numbers {@link #lost} takes. */
    static final int DRAWS = 2;

    private final Loss loss;
    private boolean bad;

    LossModel(Loss loss) {
        this.loss = loss;
    }

    /** Whether the next packet gets lost; {@code turn} and {@code fate} are evenly distributed in [0, 1). */
    boolean lost(double turn, double fate) {
        return switch (loss) {
            case Loss.None none -> false;
            case Loss.Uniform uniform -> fate < uniform.rate();
            case Loss.Gilbert gilbert -> {
                bad = bad ? turn >= gilbert.leaveBad() : turn < gilbert.enterBad();
                yield fate < (bad ? gilbert.lossBad() : gilbert.lossGood());
            }
        };
    }
}
