package dev.tandem.hil.eval;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.hil.eval.data.Precoded;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.pack.PackException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The points that the command line names: the pack's grammar, which is its methods' own (docs/pack.md section 4), and
 * besides it {@code CODEC-qQ[-SIDE][-cN]} for what {@code --precoded} holds.
 */
public final class EvalPoints {
    /** Tokens that nothing was lost of: the yardstick, and what carries a picture that lost what it lost elsewhere. */
    private static final String UNCODED = "raw";
    private static final Pattern PRECODED = Pattern.compile("([a-z0-9]+)-q(\\d{1,3})(?:-(\\d{2,4}))?((?:-c\\d{1,4})?)");

    private final PackMethods methods;
    private final Precoded precoded;

    /** @param precoded null where there are none */
    EvalPoints(PackMethods methods, Precoded precoded) {
        this.methods = methods;
        this.precoded = precoded;
    }

    /**
     * A point of the pack.
     *
     * @param option where the name stands, for the message
     * @throws CommandFailedException with what there is, for a word that is none
     */
    public static Point point(PackMethods methods, String option, String word) {
        try {
            return methods.point(word);
        } catch (PackException unknown) {
            throw new CommandFailedException(ExitCodes.USAGE, option + ": " + unknown.getMessage(), unknown);
        }
    }

    /** The point of that name, where the pack's methods know it. */
    public static Optional<Point> known(PackMethods methods, String word) {
        try {
            return Optional.of(methods.point(word));
        } catch (PackException unknown) {
            return Optional.empty();
        }
    }

    /** Every point of a comma-separated list, none twice. */
    List<EvalPoint> parse(String option, String list) {
        List<EvalPoint> points = new ArrayList<>();
        for (String word : list.split(",", -1)) {
            EvalPoint point = one(option, word.strip());
            if (!points.contains(point)) {
                points.add(point);
            }
        }
        return points;
    }

    private EvalPoint one(String option, String word) {
        try {
            return EvalPoint.of(methods.point(word));
        } catch (PackException unknown) {
            Matcher form = PRECODED.matcher(word);
            if (precoded != null && form.matches()) {
                int quality = Integer.parseInt(form.group(2));
                int side = form.group(3) == null ? 0 : Integer.parseInt(form.group(3));
                if (precoded.has(form.group(1), quality, side)) {
                    return new EvalPoint(word, methods.point(UNCODED + form.group(4)), form.group(1), quality, side,
                            EvalPoint.Role.ASKED);
                }
            }
            throw new CommandFailedException(ExitCodes.USAGE, option + ": " + unknown.getMessage()
                    + (precoded == null
                            ? "; pictures of a codec that Java has no library for, as avif-q30, need --precoded (training/precode.py)"
                            : "; --precoded has " + precoded.forms()),
                    unknown);
        }
    }

    /** The yardstick where the pack has it, then every point of the manifest. */
    List<EvalPoint> all() {
        List<EvalPoint> points = new ArrayList<>();
        if (methods.names().contains(UNCODED)) {
            points.add(EvalPoint.of(methods.point(UNCODED)));
        }
        methods.points().forEach(point -> points.add(EvalPoint.of(point)));
        return points;
    }

    /** These, and before them the point that says what is right, where the table does not. */
    List<EvalPoint> withReference(String agree, List<EvalPoint> asked) {
        List<EvalPoint> all = new ArrayList<>(asked);
        if (!agree.isEmpty()) {
            all.addFirst(one("--agree", agree).asReference());
        }
        return all;
    }

    /**
     * The points asked, and behind them the control.
     *
     * @param control as the command line says it, or null for none
     */
    static List<EvalPoint> withControl(String control, Exam exam, List<EvalPoint> asked, EvalPoint base,
            int pictures) {
        if (control == null) {
            return asked;
        }
        if (!control.equals("wrong-picture") || exam != Exam.QUESTION || pictures < 2) {
            throw new CommandFailedException(ExitCodes.USAGE, "--control [" + control
                    + "]: needed wrong-picture, questions, and two pictures at least");
        }
        List<EvalPoint> all = new ArrayList<>(asked);
        all.add(base.withWrongPicture());
        return all;
    }

    /** The point that differences are taken from: the one named, else the yardstick, else the first. */
    static EvalPoint baseline(String named, List<EvalPoint> asked) {
        String name = named == null ? UNCODED : named;
        return asked.stream().filter(point -> point.name().equals(name)).findFirst().orElseGet(() -> {
            if (named != null) {
                throw new CommandFailedException(ExitCodes.USAGE, "--baseline " + named + " is not among the points "
                        + asked.stream().map(EvalPoint::name).toList());
            }
            return asked.getFirst();
        });
    }
}
