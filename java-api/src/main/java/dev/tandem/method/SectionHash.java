package dev.tandem.method;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PointSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The hash of what both ends of a method must hold alike (docs/pack.md section 3). */
final class SectionHash {
    private SectionHash() {
    }

    static byte[] of(Pack pack, String method, Section section) {
        StringBuilder text = new StringBuilder(method).append('\n');
        section.codingFiles().forEach(path -> text.append(pack.manifest().files().get(path).sha256()).append('\n'));
        for (PointSpec point : pack.manifest().points()) {
            if (point.method().equals(method)) {
                text.append(point.id()).append(' ').append(point.name()).append(' ').append(sorted(point.knobs()))
                        .append('\n');
            }
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Knobs as {@code name=value} in order of the names; a number that was written with a fraction is a float64. */
    private static String sorted(JsonNode knobs) {
        Map<String, String> fields = new TreeMap<>();
        knobs.properties().forEach(field -> fields.put(field.getKey(), field.getValue().toString()));
        return fields.entrySet().stream().map(field -> field.getKey() + '=' + field.getValue())
                .collect(Collectors.joining(" "));
    }
}
