package dev.tandem.method.tofc.codec.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.foreign.CapabilityLevel;
import dev.tandem.foreign.NativeLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The conformance set and random comparisons in a JVM of their own for each tier of this machine, as a tier is chosen
 * once a process.
 */
class EveryTierTest {
    private static final int PATIENCE_SECONDS = 120;

    @TestFactory
    Stream<DynamicTest> everyTierOfThisMachineGivesTheSameBits() {
        NativeLibrary library = NativeLibrary.get();
        assumeTrue(library.available(), () -> "missing capability: libtandem " + library.reasons());
        return Arrays.stream(CapabilityLevel.values()).filter(tier -> runs(tier, library.capability()))
                .flatMap(tier -> Stream.of(
                        DynamicTest.dynamicTest(tier + ", conformance set",
                                () -> run(tier, ConformanceRun.class, "../native/tests/conformance")),
                        DynamicTest.dynamicTest(tier + ", random",
                                () -> run(tier, SameBits.class, "500000", "100000"))));
    }

    /**
     * What a machine without the library computes; slices use native code wherever there is some, so this needs a
     * process too.
     */
    @Test
    void plainJavaAloneGivesTheSameBits() throws IOException, InterruptedException {
        String words = run(null, Path.of("no", "library"), ConformanceRun.class, "../native/tests/conformance");
        assertTrue(words.contains("no libtandem"), words);
    }

    private static boolean runs(CapabilityLevel tier, CapabilityLevel best) {
        return tier == CapabilityLevel.SCALAR || tier.code() / 100 == best.code() / 100 && tier.code() <= best.code();
    }

    private static void run(CapabilityLevel tier, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        String words = run(tier.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                NativeLibrary.get().file().getParent(), main, arguments);
        assertTrue(words.contains(", " + tier + System.lineSeparator()), "ran at another tier: " + words);
    }

    private static String run(String tier, Path library, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC",
                "-D" + NativeLibrary.DIRECTORY_PROPERTY + "=" + library, "-cp", System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (tier != null) {
            builder.environment().put("TANDEM_TIER", tier);
        }
        Process process = builder.start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "still running: " + words);
        assertEquals(0, process.exitValue(), words);
        return words;
    }
}
