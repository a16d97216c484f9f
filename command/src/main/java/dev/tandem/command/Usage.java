package dev.tandem.command;

import java.util.function.Supplier;

/**
 * Where an option's value meets code that knows nothing of options: what it refuses there is wrong use, not our fault.
 */
public final class Usage {

    private Usage() {
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
