package dev.tandem.pack;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.stream.Collectors;

/** JSON to {@link Manifest}: the schema first, then every field, none unknown. Values are checked elsewhere. */
final class ManifestReader {
    static final int SCHEMA = 2;
    private static final String READING = "reading";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT).disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private ManifestReader() {
    }

    static Manifest read(Checks checks, byte[] json) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            JsonNode schema = tree.get("schema");
            if (schema == null || !schema.isInt() || schema.intValue() != SCHEMA) {
                throw checks.file(READING, PackLoader.MANIFEST, "schema " + schema, "schema " + SCHEMA,
                        schema != null && schema.intValue() < SCHEMA
                                ? "the pack is older than this Tandem: export it again (python -m tandem_training upgrade"
                                        + " does it without training)"
                                : "the pack is newer than this Tandem: update Tandem");
            }
            return convert(checks, "the top", tree, Manifest.class);
        } catch (JacksonException e) {
            throw checks.file(READING, PackLoader.MANIFEST,
                    e.getOriginalMessage() + " in line " + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
                    "one JSON object without duplicate keys", "fetch or export the pack again");
        } catch (IOException e) {
            throw checks.file(READING, PackLoader.MANIFEST, e, "readable JSON", "fetch or export the pack again");
        }
    }

    static <T> T convert(Checks checks, String where, JsonNode object, Class<T> type) {
        try {
            return MAPPER.treeToValue(object, type);
        } catch (UnrecognizedPropertyException e) {
            throw checks.file(READING, PackLoader.MANIFEST,
                    "unknown field " + e.getPropertyName() + " at " + place(where, e),
                    "only the fields of schema " + SCHEMA + ", here " + e.getKnownPropertyIds(),
                    "correct the name or remove the field");
        } catch (JsonMappingException e) {
            throw checks.file(READING, PackLoader.MANIFEST, e.getOriginalMessage() + " at " + place(where, e),
                    "the fields and types of docs/pack.md", "mend the manifest, or export the pack again");
        } catch (JacksonException e) {
            throw checks.file(READING, PackLoader.MANIFEST, e, "the fields and types of docs/pack.md",
                    "mend the manifest, or export the pack again");
        }
    }

    private static String place(String where, JsonMappingException e) {
        String path = e.getPath().stream()
                .map(r -> r.getFieldName() == null ? String.valueOf(r.getIndex()) : r.getFieldName())
                .collect(Collectors.joining("/"));
        return path.isEmpty() ? where : "the top".equals(where) ? path : where + "/" + path;
    }
}
