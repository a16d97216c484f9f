package dev.tandem.device;

import dev.tandem.task.Task;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine;

/** What a command asks for. */
final class TaskOptions {
    private static final String QUESTION = "question";
    private static final double SHORTEST = 0.001;
    private static final double LONGEST = 86_400;

    @Option(names = "--task", paramLabel = "NAME",
            description = "question, classify or preview (default: question, with "
                    + "--ask).")
    private String task;

    @Option(names = "--ask", paramLabel = "TEXT", description = "The question.")
    private String question;

    @Option(names = "--top", paramLabel = "N", defaultValue = "5", description = "Labels that classify gives (default: "
            + "${DEFAULT-VALUE}).")
    private int top;

    @Option(names = "--side", paramLabel = "PIXELS", defaultValue = "512", description = "Longest side of a preview "
            + "(default: ${DEFAULT-VALUE}).")
    private int side;

    @Option(names = "--out", paramLabel = "FILE", description = "Where a preview is written.")
    private Path out;

    @Option(names = "--head", paramLabel = "NAME", defaultValue = "", description = "Which of the edge's heads answers "
            + "(default: the pack's first that can).")
    private String head;

    @Option(names = "--deadline", paramLabel = "SECONDS", defaultValue = "0",
            description = "Give up after so long; 0: the "
                    + "edge's longest.")
    private double deadline;

    /**
     * The task.
     *
     * @throws ParameterException in words, where the options do not make one
     */
    Task task(CommandLine line, boolean picture) {
        String word = task == null && question != null ? QUESTION : task;
        if (word == null) {
            throw new ParameterException(line, "nothing is asked: needed --ask TEXT, or --task classify or preview");
        }
        if (question == null == QUESTION.equals(word)) {
            throw new ParameterException(line, "--task [" + word + "] with" + (question == null ? "out" : "")
                    + " --ask: a question needs it, and nothing else takes it");
        }
        if (!picture && !QUESTION.equals(word)) {
            throw new ParameterException(line, "--task [" + word + "] without --image: only a question goes alone");
        }
        if (out == null == "preview".equals(word)) {
            throw new ParameterException(line, "--task [" + word + "] with" + (out == null ? "out" : "")
                    + " --out: a preview needs it, and nothing else takes it");
        }
        if (deadline != 0 && !(deadline >= SHORTEST && deadline <= LONGEST)) { // NaN too
            throw new ParameterException(line, "--deadline [" + deadline + "]: needed " + SHORTEST + " to "
                    + LONGEST + " seconds, or 0 for the edge's longest");
        }
        if (question != null && question.indexOf('\uFFFD') >= 0) {
            throw new ParameterException(line, "--ask [" + question + "]: the question reached Java damaged, as bytes"
                    + " that are no text in the locale's charset [" + System.getProperty("sun.jnu.encoding")
                    + "]; needed UTF-8, and a locale that says so, for example LC_ALL=C.UTF-8");
        }
        try {
            return switch (word) {
                case QUESTION -> new Task.Question(question, 0);
                case "classify" -> new Task.Classify(top);
                case "preview" -> new Task.Preview(side);
                default -> throw new IllegalArgumentException(
                        "--task [" + word + "]: needed question, classify or preview");
            };
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, e.getMessage(), e);
        }
    }

    String head() {
        return head;
    }

    /** Zero where none was set. */
    Duration deadline() {
        return Duration.ofMillis(Math.round(deadline * 1000));
    }

    /** Where a preview goes. */
    Path out() {
        return out;
    }
}
