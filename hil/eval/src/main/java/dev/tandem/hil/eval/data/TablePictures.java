package dev.tandem.hil.eval.data;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.pack.Sha256;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Pictures that stand in the table itself, in base64, as VLMEvalKit's tables have them. Each gets a name by what it
 * holds, so that a picture of many rows is one picture.
 */
final class TablePictures {
    /** No path is longer; what is shorter is base64 where it begins as a picture does. */
    private static final int LONGEST_PATH = 4_096;
    private static final List<String> BEGINNINGS = List.of("/9j/", "iVBORw0KGgo", "R0lGOD", "UklGR", "Qk");
    private static final int SHORTEST = 64;
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\\s]+=?\\s*=?\\s*");
    private static final Pattern ADDRESS = Pattern.compile("data:image/[a-z.+-]+;base64,", Pattern.CASE_INSENSITIVE);
    private static final int NAME_BYTES = 8;
    private static final int SHOWN = 40;

    private final Map<String, byte[]> pictures = new HashMap<>();
    private final Map<String, String> byIndex = new HashMap<>();

    /**
     * What a row calls its picture: a path as it stands, or the name of the picture in the cell.
     *
     * @param index the row's own number where the table has such a column, else null: other rows may point to it
     */
    String name(String table, int line, String cell, String index) {
        var address = ADDRESS.matcher(cell);
        boolean addressed = address.lookingAt();
        String body = addressed ? cell.substring(address.end()) : cell;
        if (!addressed && !looksEncoded(body)) {
            if (cell.length() > LONGEST_PATH) {
                throw none(table, line, cell);
            }
            return byIndex.getOrDefault(cell, cell);
        }
        byte[] picture = decoded(table, line, body);
        String name = "base64-" + HexFormat.of().formatHex(Sha256.of(picture), 0, NAME_BYTES);
        pictures.put(name, picture);
        if (index != null) {
            byIndex.put(index, name);
        }
        return name;
    }

    private static boolean looksEncoded(String cell) {
        boolean long0 = cell.length() > LONGEST_PATH
                || cell.length() >= SHORTEST && BEGINNINGS.stream().anyMatch(cell::startsWith);
        return long0 && BASE64.matcher(cell).matches();
    }

    private static byte[] decoded(String table, int line, String body) {
        try {
            return Base64.getDecoder().decode(body.replaceAll("\\s+", ""));
        } catch (IllegalArgumentException e) {
            throw none(table, line, body);
        }
    }

    private static CommandFailedException none(String table, int line, String cell) {
        return new CommandFailedException(ExitCodes.DATA, "reading " + table + ": the picture in line " + line
                + " is neither a file's name nor base64 [" + Words.shortened(cell, SHOWN) + "]; needed one of these");
    }

    /** The picture of that name; null where the table holds none. */
    byte[] get(String name) {
        return pictures.get(name);
    }
}
