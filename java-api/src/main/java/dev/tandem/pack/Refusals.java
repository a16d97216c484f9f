package dev.tandem.pack;

import java.nio.file.Path;

/** Makes the refusals of one pack, all in one form: attempted, on what, found [..], needed, what to do. */
public record Refusals(Path folder) {

    /** A value of the manifest that cannot be. */
    PackException field(String field, Object found, String needed) {
        return new PackException("checking pack.json of the pack in " + folder + ": " + field + " is [" + shorten(found)
                + "]; needed: " + needed + "; mend the manifest, or export the pack again");
    }

    /** A file of the pack that is not what the manifest says. */
    public PackException file(String attempt, String path, String found, String needed, String remedy) {
        return new PackException(attempt + " [" + path + "] of the pack in " + folder + ": found [" + shorten(found)
                + "]; needed: " + needed + "; " + remedy);
    }

    /** As {@link #file(String, String, String, String, String)}, with the error behind it. */
    public PackException file(String attempt, String path, Exception cause, String needed, String remedy) {
        return new PackException(attempt + " [" + path + "] of the pack in " + folder + ": found ["
                + shorten(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
                + "]; needed: " + needed + "; " + remedy, cause);
    }

    /** Checks that a whole number lies in a range, both ends included. */
    void range(String field, long found, long least, long most) {
        if (found < least || found > most) {
            throw field(field, found, "a whole number from " + least + " to " + most);
        }
    }

    /** Checks that a text is there and not absurdly long. */
    void text(String field, String found, int least, int most) {
        if (found == null || found.length() < least || found.length() > most) {
            throw field(field, found, "a text of " + least + " to " + most + " characters");
        }
    }

    /** Checks that something is there. */
    void present(String field, Object found) {
        if (found == null) {
            throw field(field, null, "a value");
        }
    }

    /** Checks a number of things. */
    void count(String field, int found, int least, int most) {
        if (found < least || found > most) {
            throw field("the number of " + field, found, least + " to " + most);
        }
    }

    private static String shorten(Object found) {
        String text = String.valueOf(found);
        return text.length() <= 400 ? text : text.substring(0, 400) + "...";
    }
}
