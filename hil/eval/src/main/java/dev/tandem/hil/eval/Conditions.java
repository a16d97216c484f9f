package dev.tandem.hil.eval;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What a run does otherwise than a device and its edge by themselves: a resumed one does the same.
 *
 * @param head which of the pack's heads answers; empty: the first that can
 * @param lost share of slices that the edge never gets
 * @param agree the point whose answers count as the right ones; empty: the table says what is right
 */
record Conditions(String head, double lost, String agree) {
    /** Nothing of it. */
    static final Conditions USUAL = new Conditions("", 0, "");

    /** Sentences for people, each with a space before it; empty where nothing is unusual. */
    String words() {
        return (head.isEmpty() ? "" : " The head " + head + " answers.")
                + (lost == 0
                        ? ""
                        : " " + percent() + " % of the slices are lost by chance.")
                + (agree.isEmpty() ? "" : " Right is what the point " + agree + " answers.");
    }

    private String percent() {
        return BigDecimal.valueOf(100 * lost).round(new MathContext(6)).stripTrailingZeros().toPlainString();
    }
}
