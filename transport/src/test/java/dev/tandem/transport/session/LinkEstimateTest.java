package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LinkEstimateTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void halvesTheWeightOfLossInFiveSeconds() {
        LinkEstimate estimate = new LinkEstimate("QUIC");
        long now = Long.MAX_VALUE - SECOND; // wraps on the way
        assertEquals(0, estimate.update(now, 0, 0, 0, 0, 0, 0).loss());
        assertEquals(0.1, estimate.update(now, 0, 0, 1_000, 100, 0, 0).loss(), 1e-12);
        assertEquals(50 / 1_500.0, estimate.update(now + 5 * SECOND, 0, 0, 2_000, 100, 0, 0).loss(), 1e-9);
        assertEquals(25 / 750.0, estimate.update(now + 10 * SECOND, 0, 0, 2_000, 100, 0, 0).loss(), 1e-9,
                "a link at rest tells nothing new");
    }

    @Property(tries = 300, seed = "27")
    void doesNotDependOnHowOftenItIsAsked(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 2_000) Integer> millis) {
        LinkEstimate often = new LinkEstimate("QUIC");
        LinkEstimate seldom = new LinkEstimate("QUIC");
        often.update(0, 0, 0, 500, 100, 0, 0);
        seldom.update(0, 0, 0, 500, 100, 0, 0);
        long now = 0;
        for (int each : millis) {
            now += each * 1_000_000L;
            often.update(now, 0, 0, 500, 100, 0, 0);
        }
        assertEquals(seldom.update(now, 0, 0, 900, 110, 0, 0).loss(), often.update(now, 0, 0, 900, 110, 0, 0).loss(),
                1e-9);
    }

    @Property(tries = 300, seed = "28")
    void keepsLossAShare(@ForAll @Size(max = 60) List<@IntRange(max = 999) Integer> steps) {
        LinkEstimate estimate = new LinkEstimate("QUIC");
        long sent = 0;
        long lost = 0;
        for (int step : steps) {
            sent += step % 10;
            lost += step / 100; // a loss may be noticed long after its packet
            double loss = estimate.update(step * SECOND, 0, 0, sent, lost, 0, 0).loss();
            assertEquals(Math.clamp(loss, 0, 1), loss);
        }
    }

    @Test
    void smoothsTheRoundTrip() {
        LinkEstimate estimate = new LinkEstimate("TCP");
        assertEquals(800, estimate.update(0, 800, 0, 0, 0, 0, 0).rttNanos(), "the first as it is");
        assertEquals(900, estimate.update(1, 1_600, 0, 0, 0, 0, 0).rttNanos());
        assertEquals(900, estimate.update(2, 0, 0, 0, 0, 0, 0).rttNanos(), "no sample");
        for (int i = 0; i < 200; i++) {
            estimate.update(3, 40_000, 0, 0, 0, 0, 0);
        }
        assertEquals(40_000, estimate.update(3, 40_000, 0, 0, 0, 0, 0).rttNanos(), 8);
    }

    @Property(tries = 500, seed = "29")
    void keepsTheBestRateOfTenSeconds(@ForAll @Size(max = 60) List<@IntRange(max = 9_999) Integer> steps) {
        LinkEstimate estimate = new LinkEstimate("QUIC");
        List<long[]> samples = new ArrayList<>();
        long start = Long.MAX_VALUE - 20 * SECOND;
        long elapsed = 0;
        for (int step : steps) {
            elapsed += step % 5 * SECOND;
            long now = elapsed;
            long rate = step / 5 % 50;
            samples.add(new long[]{now, rate});
            long best = samples.stream().filter(each -> now - each[0] <= 10 * SECOND).mapToLong(each -> each[1]).max()
                    .orElseThrow();
            assertEquals(best, estimate.update(start + now, 0, rate, 0, 0, 0, 0).bytesPerSecond());
        }
    }

    @Test
    void handsOnWhatItDoesNotSmooth() {
        assertEquals(new LinkState(0, 0, 0, 77, 1_156, "QUIC"),
                new LinkEstimate("QUIC").update(5, 0, 0, 0, 0, 77, 1_156));
    }
}
