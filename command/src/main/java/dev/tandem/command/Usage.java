package dev.tandem.command;

import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Where an option's value meets code that knows nothing of options: what it refuses there is wrong use, not our fault.
 */
public final class Usage {

    private Usage() {
    }

    /**
     * A number that must lie within bounds, both included; NaN never does.
     *
     * @throws ParameterException in words, where it does not
     */
    public static double within(CommandLine line, String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new ParameterException(line, option + " [" + value + "]: needed " + least + " to " + most);
        }
        return value;
    }

    /**
     * What {@code use} gives.
     *
     * @param option as the user typed it, for the message
     * @throws CommandFailedException with {@link ExitCodes#USAGE} for an {@link IllegalArgumentException}
     */
    public static <T> T of(String option, Supplier<T> use) {
        try {
            return use.get();
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCodes.USAGE, option + ": " + e.getMessage(), e);
        }
    }
}
