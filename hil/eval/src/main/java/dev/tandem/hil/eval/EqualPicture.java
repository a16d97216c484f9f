package dev.tandem.hil.eval;

import dev.tandem.hil.report.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The cheapest picture file, of all that were tried, at which as many questions are answered rightly as at a trained
 * point: what that point is to be compared with.
 *
 * @param point trained
 * @param pricing what the picture is charged
 * @param picture the picture's point; null where none of those tried answers as many
 * @param bytes it is charged with its frames' headers; else 0
 * @param ratio of these to the trained point's
 * @param questionRatio the same of all that leaves for a question: the frame that asks and encryption beside it
 * @param difference accuracy of the picture minus the point's, paired by question; null where there is none
 */
record EqualPicture(String point, Pricing pricing, String picture, double bytes, double ratio, double questionRatio,
        Interval difference) {

    /** What a picture is charged. */
    enum Pricing {
        /** The whole file. */
        FILE("as a file") {
            @Override
            double off(PointCost cost) {
                return 0;
            }
        },
        /** Only what both ends could not know beforehand. */
        UNKNOWN("known bytes off") {
            @Override
            double off(PointCost cost) {
                return cost.known();
            }
        };

        private final String words;

        Pricing(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        abstract double off(PointCost cost);
    }

    /**
     * @param trained a point
     * @param all every point, controls left out
     * @param outcomes of each, by name
     */
    static EqualPicture of(PointSummary trained, Pricing pricing, List<PointSummary> all,
            Map<String, List<Outcome>> outcomes) {
        ToDoubleFunction<PointSummary> charged = one -> one.cost().picture() - pricing.off(one.cost());
        Optional<PointSummary> best = all.stream().filter(one -> one.cost().known() != null)
                .filter(one -> one.accuracy().value() >= trained.accuracy().value())
                .min(Comparator.comparingDouble(charged));
        return best.map(picture -> new EqualPicture(trained.name(), pricing, picture.name(),
                charged.applyAsDouble(picture), charged.applyAsDouble(picture) / trained.cost().picture(),
                (picture.cost().encrypted() - pricing.off(picture.cost())) / trained.cost().encrypted(),
                Shares.difference(outcomes.get(picture.name()), outcomes.get(trained.name()))))
                .orElseGet(() -> new EqualPicture(trained.name(), pricing, null, 0, 0, 0, null));
    }
}
