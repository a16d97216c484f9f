package dev.tandem.hil.eval;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way of getting a picture across, as named on the command line.
 *
 * @param name
 *            as typed, in lower case: also the name of its log
 * @param way
 *            what is sent
 * @param codec
 *            {@code jpeg}, {@code webp} or {@code avif} for a picture, the operating point's name for {@code tofc}
 * @param quality
 *            of a picture codec, 0 to 100; otherwise 0
 * @param clusters
 *            tokens that the language model sees; 0 is all of them (for {@code tofc} the operating point knows)
 */
record EvalPoint(String name, Way way, String codec, int quality, int clusters) {

    /** What travels. */
    enum Way {
        /** All tokens, uncoded. */
        RAW,
        /** Merged tokens, uncoded. */
        MERGED,
        /** Merged and coded tokens. */
        TOFC,
        /** A picture file that is encoded on the spot. */
        PICTURE,
        /** A picture file that was encoded ahead of time. */
        PRECODED
    }

    private static final Pattern PICTURE_FORM = Pattern.compile("(jpeg|webp|avif):(\\d{1,3})(?:@(\\d{1,3}))?");
    private static final Pattern MERGED_FORM = Pattern.compile("merged:(\\d{1,3})");

    /** Every point of a comma-separated list, none twice. */
    static List<EvalPoint> parseAll(String list) {
        List<EvalPoint> points = new ArrayList<>();
        for (String word : list.split(",")) {
            EvalPoint point = parse(word.strip());
            if (points.stream().noneMatch(other -> other.name().equals(point.name()))) {
                points.add(point);
            }
        }
        return points;
    }

    /** One point; a word that is none of the fixed forms is an operating point of the pack. */
    static EvalPoint parse(String word) {
        String name = word.toLowerCase(Locale.ROOT);
        if (name.equals("raw")) {
            return new EvalPoint(name, Way.RAW, "", 0, 0);
        }
        Matcher merged = MERGED_FORM.matcher(name);
        if (merged.matches()) {
            return new EvalPoint(name, Way.MERGED, "", 0, number(word, merged.group(1), 1, 256));
        }
        Matcher picture = PICTURE_FORM.matcher(name);
        if (picture.matches()) {
            int quality = number(word, picture.group(2), 0, 100);
            int clusters = picture.group(3) == null ? 0 : number(word, picture.group(3), 1, 256);
            Way way = picture.group(1).equals("avif") ? Way.PRECODED : Way.PICTURE;
            return new EvalPoint(name, way, picture.group(1), quality, clusters);
        }
        if (name.isEmpty() || name.indexOf(':') >= 0) {
            throw new CommandFailedException(ExitCodes.USAGE, "reading the points: '" + word + "' is none; possible are"
                    + " raw, merged:16, jpeg:Q, webp:Q, avif:Q (Q from 0 to 100, with @16 behind it for 16 clusters at"
                    + " the edge), or the name of an operating point of the pack");
        }
        return new EvalPoint(name, Way.TOFC, word, 0, 0);
    }

    private static int number(String word, String digits, int least, int most) {
        int value = Integer.parseInt(digits);
        if (value < least || value > most) {
            throw new CommandFailedException(ExitCodes.USAGE,
                    "reading the points: '%s' has [%d], possible are %d to %d".formatted(word, value, least, most));
        }
        return value;
    }

    /** A file name for this point: its own name with what file systems dislike replaced. */
    String fileName() {
        return name.replace(':', '-').replace('@', '-').replaceAll("[^a-z0-9._-]", "_");
    }

    /** What the pack calls it (docs/pack.md section 4). */
    String operatingPoint() {
        String behind = clusters == 0 ? "" : "-c" + clusters;
        return switch (way) {
            case RAW, MERGED -> "raw" + behind;
            case TOFC -> codec;
            case PICTURE, PRECODED -> codec + "-q" + quality + behind;
        };
    }
}
