package dev.tandem.transport.edge;

import dev.tandem.transport.session.TokenBucket;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * A log that nobody outside can flood: so many lines at once, so many a second, and now and then how many were left
 * out. Thread safe.
 */
final class SparingLog {
    private final Logger log;
    private final String about;
    private final LongSupplier clock;
    private final TokenBucket lines;
    private long leftOut;

    /** {@code about}: what the lines are about, in the plural. */
    SparingLog(Logger log, String about, int burst, int perSecond, LongSupplier clock) {
        this.log = log;
        this.about = about;
        this.clock = clock;
        this.lines = new TokenBucket(burst, perSecond, clock.getAsLong());
    }

    void warn(String format, Object... arguments) {
        say(Level.WARN, format, arguments);
    }

    void info(String format, Object... arguments) {
        say(Level.INFO, format, arguments);
    }

    private void say(Level level, String format, Object... arguments) {
        if (allowed()) {
            log.atLevel(level).log(format, arguments);
        }
    }

    private synchronized boolean allowed() {
        boolean allowed = lines.take(clock.getAsLong());
        leftOut += allowed ? 0 : 1;
        return allowed;
    }

    /** Somebody has left a line out. */
    synchronized void leftOut() {
        leftOut++;
    }

    /** Says how many lines were left out since it was said last. */
    void tell() {
        long count;
        synchronized (this) {
            count = leftOut;
            leftOut = 0;
        }
        if (count > 0) {
            log.warn("[{}] lines about {} were left out, there were too many at once; the metrics count them all",
                    count,
                    about);
        }
    }
}
