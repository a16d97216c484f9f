package dev.tandem.hil.eval;

import java.util.Collection;
import java.util.List;

/**
 * What a point spends in squares of pictures; means.
 *
 * @param sent of a picture of which some were sent
 * @param of a picture's
 * @param cost the share of pictures that were sent times the share of their squares that went: C of docs/methods.md,
 *        Attention-aware patches; 1 is all of every picture
 */
record SquaresCost(double sent, int of, double cost) {
    /**
     * @param pictures an outcome of each
     * @return null where no square was chosen
     */
    static SquaresCost of(Collection<Outcome> pictures) {
        List<SquaresSent> all = pictures.stream().filter(one -> one.squares() != null).map(Outcome::squares).toList();
        if (all.isEmpty()) {
            return null;
        }
        int of = all.getFirst().of();
        return new SquaresCost(all.stream().mapToInt(SquaresSent::sent).filter(sent -> sent > 0).average().orElse(0),
                of, all.stream().mapToInt(SquaresSent::sent).average().orElse(0) / of);
    }
}
