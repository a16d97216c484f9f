package dev.tandem.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device's package would carry: this module and what it depends on, as the tests' class path has it. */
class ClassPathTest {
    private static final List<String> BANNED = List.of("edge-gpu", "hil", "tokenizers", "djl", "/cli/");

    @Test
    void noJarOfEdgeLaboratoryOrTokenizersIsThere() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> entries = Arrays.stream(path.split(File.pathSeparator)).map(ClassPathTest::tail).toList();
        assertTrue(entries.stream().anyMatch(entry -> entry.contains("java-api")), () -> "read " + entries);
        assertEquals(List.of(), entries.stream().filter(entry -> BANNED.stream().anyMatch(entry::contains)).toList());
    }

    /** The last parts of a path, so that where the checkout lies does not matter. */
    private static String tail(String entry) {
        String[] parts = entry.replace('\\', '/').split("/");
        return "/" + String.join("/", Arrays.copyOfRange(parts, Math.max(0, parts.length - 3), parts.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev/tandem/edge/EdgeCommand.class", "dev/tandem/edge/lmm/package-info.class",
            "dev/tandem/edge/serve/EdgeDaemon.class", "dev/tandem/hil/relay/Relay.class",
            "dev/tandem/cli/TandemCommand.class", "ai/djl/huggingface/tokenizers/HuggingFaceTokenizer.class"})
    void noClassOfThemIsThere(String resource) {
        URL found = ClassPathTest.class.getClassLoader().getResource(resource);
        assertEquals(null, found, () -> "the device's class path holds " + found);
    }

    @Test
    void itsOwnClassesAre() {
        assertNotNull(ClassPathTest.class.getClassLoader().getResource("dev/tandem/device/DeviceMain.class"));
    }
}
