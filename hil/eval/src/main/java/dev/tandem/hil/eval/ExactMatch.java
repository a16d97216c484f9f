package dev.tandem.hil.eval;

import java.util.Locale;

/** Whether an answer is the right one: the same words, case, surrounding spaces and the final stop left aside. */
public final class ExactMatch {

    private ExactMatch() {
    }

    /** True when both come to the same. */
    public static boolean same(String said, String answer) {
        return plain(said).equals(plain(answer));
    }

    /** Underscores stand for spaces: DAQUAR writes {@code room_divider}. */
    private static String plain(String words) {
        String plain = words.strip().toLowerCase(Locale.ROOT).replace('_', ' ');
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1).strip() : plain;
    }
}
