package dev.tandem.command;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A limit of an uplink as it is typed: kilobytes (1,000 bytes) a second, 0 for none. */
public final class Rate {
    /** Ten gigabytes a second: what is more than this limits nothing, and is a slip. */
    private static final double MOST = 1e7;
    /** At ten bytes a second the smallest question takes a minute; less is a slip, too. */
    private static final double LEAST = 0.01;

    private Rate() {
    }

    /**
     * Bytes a second; 0: no limit.
     *
     * @throws ParameterException in words, for what is no such number
     */
    public static long bytes(CommandLine line, String option, double kilobytes) {
        if (kilobytes == 0) {
            return 0;
        }
        if (!(kilobytes >= LEAST && kilobytes <= MOST)) {
            throw new ParameterException(line, option + " [" + kilobytes
                    + "]: needed kilobytes (1000 bytes) a second, " + LEAST + " to 10000000, or 0 for no limit");
        }
        return Math.round(kilobytes * 1000);
    }
}
