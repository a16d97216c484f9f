package dev.tandem.transport.frame;

import java.nio.charset.StandardCharsets;

/** Cuts texts to what a field holds. */
final class Text {
    private Text() {
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
