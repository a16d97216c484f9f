package dev.tandem.hil.eval.demo;

import dev.tandem.device.DeviceAnswer;
import dev.tandem.device.MadeBy;
import dev.tandem.hil.eval.link.Times;
import dev.tandem.method.Look;
import dev.tandem.task.Part;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The lines of a talk for people. */
final class TalkWords {
    private static final String LINE = System.lineSeparator();

    private TalkWords() {
    }

    /** A part as it comes. */
    static String of(Part part) {
        return switch (part) {
            case Part.Words words -> words.text();
            case Part.Labels labels -> labels.best().stream().map(label -> String.format(Locale.ROOT,
                    "  > %5.1f %%  %s%n", 100 * label.probability(), label.name())).collect(Collectors.joining());
            case Part.Picture picture -> String.format(Locale.ROOT, "%n  > %d bytes of %s%n", picture.file().length,
                    picture.type());
        };
    }

    /**
     * Who answered, and what it cost.
     *
     * @param beside what there is to compare the bytes with
     */
    static String of(DeviceAnswer answer, String beside) {
        Times times = Times.of(answer);
        String end = answer.labels().isEmpty() && answer.picture().isEmpty() ? LINE : "";
        if (answer.madeBy() instanceof MadeBy.Device here) {
            return end + String.format(Locale.ROOT, "    %s (%s), %.0f ms%n", here.words(), answer.point(),
                    times.total());
        }
        long used = answer.edge().count("used");
        long total = answer.edge().count("total");
        return end + String.format(Locale.ROOT, "    %s: %d bytes for %s units (%s)%s%n", answer.madeBy().words(),
                Cost.of(answer), used == total ? String.valueOf(total) : used + " of " + total, answer.point(), beside)
                + String.format(Locale.ROOT,
                        "    first part after %.0f ms: device %.0f, link %.0f, edge %.0f; the rest of the answer %.0f ms%n",
                        times.firstPart(), times.device(), times.link(), times.edge(), times.answer());
    }

    /** Whether answers stand on the very same slices; empty where there is nothing to compare. */
    static String compared(List<DeviceAnswer> answers) {
        if (answers.size() < 2) {
            return "";
        }
        DeviceAnswer first = answers.getFirst();
        return LINE + (answers.stream().map(TalkWords::slices).distinct().count() == 1
                ? "All " + answers.size() + " answers stand on the same " + first.sliceBytes() + " bytes in "
                        + first.slices() + " slices; each was an exchange of its own."
                : "The answers stand on different slices.") + LINE;
    }

    private static List<ByteBuffer> slices(DeviceAnswer answer) {
        return answer.look() instanceof Look.Send send
                ? send.slices().stream().map(slice -> ByteBuffer.wrap(slice.bytes())).toList()
                : List.of();
    }
}
