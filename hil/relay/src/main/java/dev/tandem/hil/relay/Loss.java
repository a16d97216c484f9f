package dev.tandem.hil.relay;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How packets get lost on the way: what a profile says. {@link LossModel} plays it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "model")
@JsonSubTypes({@JsonSubTypes.Type(value = Loss.None.class, name = "none"),
        @JsonSubTypes.Type(value = Loss.Uniform.class, name = "uniform"),
        @JsonSubTypes.Type(value = Loss.Gilbert.class, name = "gilbert")})
public sealed interface Loss {

    /** The part of all packets that gets lost in the long run, 0 to 1. */
    double meanRate();

    /** Nothing gets lost. */
    record None() implements Loss {
        @Override
        public double meanRate() {
            return 0;
        }
    }

    /** Each packet gets lost with probability {@code rate}, whatever became of the others. */
    record Uniform(double rate) implements Loss {
        /** Checks the range. */
        public Uniform {
            Check.probability("loss.rate", rate);
        }

        @Override
        public double meanRate() {
            return rate;
        }
    }

    /**
     * Gilbert-Elliott: the link is good or bad. Before each packet a good link turns bad with probability {@code
     * enterBad} and a bad one good with {@code leaveBad}; then the packet gets lost with {@code lossGood} or {@code
     * lossBad}. With 0 and 1 for these two, a burst has 1/leaveBad packets in the mean. The link is good at first.
     */
    record Gilbert(double enterBad, double leaveBad, double lossGood, double lossBad) implements Loss {
        /** Checks the ranges. */
        public Gilbert {
            Check.probability("loss.enterBad", enterBad);
            Check.probability("loss.leaveBad", leaveBad);
            Check.probability("loss.lossGood", lossGood);
            Check.probability("loss.lossBad", lossBad);
        }

        /**
         * Bursts of {@code burst} packets in the mean (1 or more), {@code rate} (0 to 1, not 1) of all packets lost.
         */
        public static Gilbert bursts(double rate, double burst) {
            double leave = 1 / burst;
            return new Gilbert(leave * rate / (1 - rate), leave, 0, 1);
        }

        @Override
        public double meanRate() {
            double bad = enterBad == 0 ? 0 : enterBad / (enterBad + leaveBad);
            return (1 - bad) * lossGood + bad * lossBad;
        }
    }
}
