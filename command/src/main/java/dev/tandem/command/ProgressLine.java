package dev.tandem.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a long run is and how long it still takes: one line that is rewritten on a terminal, a plain line every half
 * minute elsewhere, nothing when quiet. One thread at a time.
 */
public final class ProgressLine {
    private static final long TERMINAL_NANOS = 200_000_000L;
    private static final long PLAIN_NANOS = 30_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private final boolean quiet;
    private final LongSupplier clock;
    private long total;
    private long done;
    private long started;
    private long printed;

    /** On standard error; rewritten in place when there is a console. */
    public static ProgressLine onStandardError(boolean quiet) {
        return new ProgressLine(System.err, System.console() != null && System.console().isTerminal(), quiet,
                System::nanoTime);
    }

    /** {@code clock} gives nanoseconds from any origin. */
    public ProgressLine(PrintStream out, boolean terminal, boolean quiet, LongSupplier clock) {
        this.out = out;
        this.terminal = terminal;
        this.quiet = quiet;
        this.clock = clock;
    }

    /** Begins to count towards {@code steps}; the speed is measured from here. */
    public void start(long steps) {
        total = steps;
        done = 0;
        started = clock.getAsLong();
        printed = started;
    }

    /** Counts one step; {@code what} is being worked on. */
    public void step(String what) {
        done++;
        long now = clock.getAsLong();
        if (quiet || now - printed < (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
            return;
        }
        printed = now;
        String line = line(what, now);
        out.print(terminal ? "\r\033[K" + line : line + System.lineSeparator());
        out.flush();
    }

    /** Clears the line. */
    public void end() {
        if (terminal && !quiet) {
            out.print("\r\033[K");
            out.flush();
        }
    }

    private String line(String what, long now) {
        double seconds = (now - started) / 1e9;
        long left = (long) (seconds / done * (total - done));
        return String.format(Locale.ROOT, "%d of %d (%.1f %%), %.1f a second, %s left, at %s", done, total,
                100.0 * done / total,
                done / seconds, words(Duration.ofSeconds(left)), what);
    }

    /** For people: {@code 2 h 05 min}, {@code 4 min 10 s}, {@code 9 s}. */
    public static String words(Duration time) {
        if (time.toHours() > 0) {
            return String.format(Locale.ROOT, "%d h %02d min", time.toHours(), time.toMinutesPart());
        }
        return time.toMinutes() > 0
                ? String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart())
                : time.toSeconds() + " s";
    }
}
