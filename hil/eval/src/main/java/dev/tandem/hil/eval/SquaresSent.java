package dev.tandem.hil.eval;

import dev.tandem.method.Look;
import dev.tandem.method.Squares;

/**
 * What of a picture's squares a method chose to send.
 *
 * @param sent 0 where the device answered
 * @param of a picture's
 */
record SquaresSent(int sent, int of) {
    /** As the slices themselves say it. */
    static SquaresSent of(Squares squares, Look look) {
        return new SquaresSent(look instanceof Look.Send send
                ? send.slices().stream().mapToInt(slice -> squares.in(slice).length).sum()
                : 0, squares.count());
    }
}
