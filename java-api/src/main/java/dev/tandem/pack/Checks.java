package dev.tandem.pack;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Checks of one pack's manifest, and the refusals when one fails, all in one form: attempted, on what, found [..],
 * needed, what to do. Immutable; any thread.
 */
public final class Checks {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private final Path folder;
    private final Manifest manifest;

    Checks(Path folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /** The pack's folder. */
    Path folder() {
        return folder;
    }

    /** Checks of the pack's graphs against what will be fed to them. */
    public GraphChecks graphs() {
        return new GraphChecks(this, manifest);
    }

    /** A value of the manifest that cannot be. */
    public PackException field(String field, Object found, String needed) {
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
    public void range(String field, long found, long least, long most) {
        if (found < least || found > most) {
            throw field(field, found, "a whole number from " + least + " to " + most);
        }
    }

    /** Checks that a number lies in a range, both ends included; NaN never does. */
    public void real(String field, double found, double least, double most) {
        if (!(found >= least && found <= most)) {
            throw field(field, found, "a number from " + least + " to " + most);
        }
    }

    /** Checks that a text is there and not absurdly long. */
    public void text(String field, String found, int least, int most) {
        if (found == null || found.length() < least || found.length() > most) {
            throw field(field, found, "a text of " + least + " to " + most + " characters");
        }
    }

    /** Checks that something is there. */
    public void present(String field, Object found) {
        if (found == null) {
            throw field(field, null, "a value");
        }
    }

    /** Checks a number of things. */
    public void count(String field, int found, int least, int most) {
        if (found < least || found > most) {
            throw field("the number of " + field, found, least + " to " + most);
        }
    }

    /** Checks a name: of a pack, a graph, a point, a head. */
    public void name(String field, String found) {
        if (found == null || !NAME.matcher(found).matches()) {
            throw field(field, found, "a name of 1 to 64 characters a-z 0-9 . _ -");
        }
    }

    /** Refuses a path of the wrong form, or one that {@code files} does not list; gives its entry. */
    public FileEntry listed(String field, String path) {
        PackPath.check(this, field, path);
        FileEntry entry = manifest.files().get(path);
        if (entry == null) {
            throw field(field, path, "a file that [files] lists with its size and hash");
        }
        return entry;
    }

    /** Checks that a listed file has exactly so many bytes, as what it holds says. */
    public void sized(String where, String path, long bytes) {
        long found = listed(where, path).bytes();
        if (found != bytes) {
            throw field("the size of " + path + ", which " + where + " names,", found,
                    bytes + " bytes, as its shape and dtype say");
        }
    }

    /**
     * The fields of a section, a point or a head as a record: every field known, none twice, no text for a number.
     *
     * @param where the object's place, for the message
     */
    public <T> T read(String where, JsonNode object, Class<T> type) {
        if (object == null || !object.isObject()) {
            throw field(where, object, "an object with the fields of docs/pack.md");
        }
        return ManifestReader.convert(this, where, object, type);
    }

    private static String shorten(Object found) {
        String text = String.valueOf(found);
        return text.length() <= 400 ? text : text.substring(0, 400) + "...";
    }
}
