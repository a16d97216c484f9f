package dev.tandem.hil.eval;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import picocli.CommandLine.Option;

/** {@link Conditions} on the command line. */
final class ConditionOptions {
    private static final double PERCENT = 100;

    @Option(names = "--head", paramLabel = "NAME", defaultValue = "",
            description = "Which of the pack's heads answers, for example one backbone of several. Default: the first that can.")
    private String head;
    @Option(names = "--lose", paramLabel = "%", defaultValue = "0",
            description = "Drop so many of the slices by chance, drawn by --seed, and answer from the rest. What an answer cannot do without is kept. Default: ${DEFAULT-VALUE}.")
    private double lose;
    @Option(names = "--agree", paramLabel = "POINT", defaultValue = "",
            description = "For classify: right is what this point answers, so that pictures need no labels. Default: the label is.")
    private String agree;

    Conditions conditions(Exam exam) {
        if (!(lose >= 0 && lose < PERCENT)) { // NaN too
            throw new CommandFailedException(ExitCodes.USAGE,
                    "--lose [" + lose + "] % of the slices: needed 0 or more, and less than 100");
        }
        if (!agree.isEmpty() && exam != Exam.CLASSIFY) {
            throw new CommandFailedException(ExitCodes.USAGE, "--agree [" + agree + "] with --task [" + exam.word()
                    + "]: needed classify, whose answers are the same or not");
        }
        return new Conditions(head, lose / PERCENT, agree);
    }
}
