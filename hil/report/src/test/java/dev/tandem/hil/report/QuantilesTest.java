package dev.tandem.hil.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class QuantilesTest {

    @Test
    void theMedianIsTheMiddleOrTheMeanOfTheTwo() {
        assertEquals(2, Quantiles.of(3, 1, 2).median());
        assertEquals(2.5, Quantiles.of(4, 1, 2, 3).median());
        assertEquals(7, Quantiles.of(7).median());
        assertTrue(Double.isNaN(Quantiles.of().median()));
    }

    @Test
    void aShareIsReachedByAValueThatIsThere() {
        Quantiles hundred = Quantiles.of(DoubleStream.iterate(1, value -> value + 1).limit(100));
        assertEquals(100, hundred.size());
        assertEquals(99, hundred.p99());
        assertEquals(50, hundred.at(0.5));
        assertEquals(1, hundred.at(0));
        assertEquals(100, hundred.at(1));
        assertEquals(3, Quantiles.of(1, 2, 3).p99());
        assertTrue(Double.isNaN(Quantiles.of().p99()));
    }

    @Test
    void theCallersArrayIsLeftAlone() {
        double[] values = {3, 1, 2};
        Quantiles found = Quantiles.of(values);
        values[0] = 0;
        assertEquals(2, found.median());
        assertEquals(1, values[1]);
    }

    @Test
    void numbersAreTheSameInEveryCountry() {
        assertEquals("12.3", Numbers.one(12.345));
        assertEquals("12", Numbers.whole(12.345));
        assertEquals("45.6", Numbers.percent(0.4561));
        assertEquals("+1.2", Numbers.signed(0.012));
        assertEquals("-1.2", Numbers.signed(-0.012));
        assertEquals("10.0 to 20.0", Numbers.range(new Interval(0.15, 0.1, 0.2)));
        assertEquals("-1.0 to +1.0", Numbers.signedRange(new Interval(0, -0.01, 0.01)));
        assertEquals("", Numbers.signedRange(null));
    }
}
