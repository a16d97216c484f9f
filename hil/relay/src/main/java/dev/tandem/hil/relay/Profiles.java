package dev.tandem.hil.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Profiles by name and from files. What is misspelt, twice there or out of range is an error, never ignored. Thread
 * safe.
 */
public final class Profiles {
    private static final List<String> NAMES = List.of("clean", "lora-ish", "lte", "satellite", "tunnel", "wifi-edge");
    private static final ObjectMapper YAML = YAMLMapper
            .builder(YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS).build();

    /** Where the parser names a class of ours, its last name says it to a reader of YAML. */
    private static final Pattern CLASS_NAME = Pattern.compile("`dev\\.tandem[^`]*[.$](\\w+)`");

    private Profiles() {
    }

    /** Names of the profiles that come with Tandem. */
    public static List<String> names() {
        return NAMES;
    }

    /** A profile that comes with Tandem, or one in a file. Throws IllegalArgumentException when there is neither. */
    public static Profile open(String nameOrFile) throws IOException {
        if (NAMES.contains(nameOrFile)) {
            return named(nameOrFile);
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("opening profile [" + nameOrFile + "]: neither a file nor one of "
                    + NAMES + "; give one of these, or write a file as docs/relay.md says");
        }
        try {
            return parse(Files.readString(file), nameOrFile);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("reading profile [" + nameOrFile + "]: it is no UTF-8; save it as that",
                    e);
        }
    }

    /** One of {@link #names}. */
    public static Profile named(String name) throws IOException {
        try (InputStream in = Profiles.class.getResourceAsStream("/relay/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalArgumentException("opening profile [" + name + "]: not one of " + NAMES);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
        }
    }

    /** Reads YAML; {@code from} is named in messages. Throws IllegalArgumentException when it is no profile. */
    public static Profile parse(String yaml, String from) {
        try {
            Profile profile = YAML.readValue(yaml, Profile.class);
            if (profile == null) {
                throw new IllegalArgumentException(
                        "reading profile [" + from + "]: nothing in it; docs/relay.md says what may be");
            }
            return profile;
        } catch (JsonProcessingException problem) {
            throw new IllegalArgumentException(
                    "reading profile [" + from + "]" + place(problem) + ": " + words(problem), problem);
        }
    }

    private static String place(JsonProcessingException problem) {
        String line = problem.getLocation() == null ? "" : ", line [" + problem.getLocation().getLineNr() + "]";
        if (!(problem instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
            return line;
        }
        return line + ", at [" + mapping.getPath().stream()
                .map(each -> each.getFieldName() == null ? Integer.toString(each.getIndex()) : each.getFieldName())
                .collect(Collectors.joining(".")) + "]";
    }

    private static String words(JsonProcessingException problem) {
        return switch (problem) {
            case UnrecognizedPropertyException unknown -> "unknown key [" + unknown.getPropertyName() + "], known are "
                    + unknown.getKnownPropertyIds();
            case ValueInstantiationException refused when refused.getCause() != null -> refused.getCause().getMessage();
            default -> CLASS_NAME.matcher(problem.getOriginalMessage()).replaceAll("$1");
        };
    }
}
