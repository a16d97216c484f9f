package dev.tandem.hil.relay;

/**
 * A piece of a TCP stream on the link, at most {@link #PAYLOAD} bytes, or the end of the stream, without a payload. A
 * relay that ends connections cannot lose bytes: a segment that gets lost arrives when the sender's stack would have
 * repeated it. That is one round trip after a third later segment has arrived (fast retransmit, RFC 5681), or when the
 * retransmission time-out is over: max(200 ms, 2 x RTT), doubled with each further loss (RFC 6298; 200 ms is Linux'
 * least). One thread.
 */
final class Segment<T> {
    /** What an Ethernet packet of 1,500 bytes takes beside 20 bytes of IPv4, 20 of TCP and 12 of timestamps. */
    static final int PAYLOAD = 1_448;
    /** TCP's header with timestamps. */
    static final int HEADER = 32;

    private static final long LEAST_TIMEOUT_NS = 200 * Link.NS_PER_MS;
    private static final long LONGEST_TIMEOUT_NS = 120_000 * Link.NS_PER_MS;
    private static final int DUPLICATE_ACKS = 3;

    private final T payload;
    private final int bytes;
    private final long departNs;
    private final long arriveNs;
    private final int losses;
    private final long rttNs;
    private long dueNs;
    private int followers;
    private int failures;

    /** Leaves and would arrive at these times, but for {@code losses} transmissions in a row that get lost. */
    Segment(T payload, int bytes, long departNs, long arriveNs, int losses, long rttNs) {
        this.payload = payload;
        this.bytes = bytes;
        this.departNs = departNs;
        this.arriveNs = arriveNs;
        this.losses = losses;
        this.rttNs = rttNs;
        this.dueNs = arriveNs + backoffNs(timeoutNs(), losses);
        this.failures = losses;
    }

    /** What the first {@code times} of time-outs that double take together. */
    static long backoffNs(long firstNs, int times) {
        long sum = 0;
        for (int time = 0; time < times; time++) {
            sum += Math.min(firstNs << time, LONGEST_TIMEOUT_NS);
        }
        return sum;
    }

    T payload() {
        return payload;
    }

    int bytes() {
        return bytes;
    }

    boolean lost() {
        return losses > 0;
    }

    /** When it is there. */
    long dueNs() {
        return dueNs;
    }

    /** A later segment arrives; the third before the time-out makes the sender repeat this one. */
    void followedBy(Segment<T> later) {
        if (!lost() || later.lost() || later.arriveNs >= departNs + timeoutNs() || ++followers != DUPLICATE_ACKS) {
            return;
        }
        dueNs = Math.min(dueNs, later.arriveNs + rttNs + backoffNs(timeoutNs(), losses - 1));
    }

    /** It would be there now, but the link is cut: it is repeated when the next time-out is over. */
    void fail() {
        dueNs += Math.min(timeoutNs() << Math.min(failures++, Integer.SIZE / 2), LONGEST_TIMEOUT_NS);
    }

    private long timeoutNs() {
        return Math.max(LEAST_TIMEOUT_NS, 2 * rttNs);
    }
}
