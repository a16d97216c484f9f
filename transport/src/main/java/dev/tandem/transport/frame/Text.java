package dev.tandem.transport.frame;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Texts between two ends that need not trust each other: cut to what a field holds, and fit to be shown. */
public final class Text {
    private Text() {
    }

    /**
     * A text from outside as it may stand in a log line, an error text or a terminal: one line, without characters that
     * act instead of being seen. They become {@code \n}, {@code \}{@code u001b} and the like. The one place of the link
     * that does this: every text of a frame, a certificate or a peer's closing passes it where it is read.
     */
    public static String plain(String text) {
        if (text.codePoints().noneMatch(Text::acts)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(each -> {
            if (!acts(each)) {
                plain.appendCodePoint(each);
            } else if (each == '\n') {
                plain.append("\\n");
            } else {
                plain.append(String.format(Locale.ROOT, "\\u%04x", each));
            }
        });
        return plain.toString();
    }

    /** Control characters, line ends, halves of a pair, and what turns the direction of writing. */
    private static boolean acts(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> turns(Character.getDirectionality(codePoint));
            default -> false;
        };
    }

    private static boolean turns(byte direction) {
        return direction >= Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING
                && direction <= Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE
                && direction != Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    /** The longest start of a text that has at most that many bytes of UTF-8 and ends with a whole character. */
    static String cut(String text, int maxBytes) {
        if (text.length() <= maxBytes / 3) {
            return text;
        }
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            int next = end + Character.charCount(codePoint);
            bytes += text.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > maxBytes) {
                break;
            }
            end = next;
        }
        return text.substring(0, end);
    }
}
