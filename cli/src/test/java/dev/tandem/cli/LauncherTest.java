package dev.tandem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.command.ExitCodes;
import dev.tandem.hil.eval.TinyPack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./tandem} where it is cheap to run: finding a JDK. */
class LauncherTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void needsBash() {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "missing capability: /bin/bash");
    }

    @Test
    void findsTheJdkThatItIsTold() throws Exception {
        Result found = run(Map.of("TANDEM_JAVA_HOME", System.getProperty("java.home")), "find-jdk");
        assertEquals(0, found.code(), found.text());
        assertEquals(System.getProperty("java.home"), found.text().strip());
    }

    @Test
    void passesOverAnOldOneFromJavaHome() throws Exception {
        Path old = fakeJdk("old", "17.0.1");
        Path good = fakeJdk("good/.jdks/jdk-31", "31");
        Result found = run(Map.of("JAVA_HOME", old.toString(), "HOME", folder.resolve("good").toString(), "PATH",
                "/usr/bin:/bin"), "find-jdk");
        assertEquals(0, found.code(), found.text());
        assertTrue(!found.text().contains(old.toString()), found.text());
        assertTrue(Files.isDirectory(good));
    }

    @Test
    void namesWhatItLookedAtAndHowToInstall() throws Exception {
        Path old = fakeJdk("old", "1.8.0_292");
        Result refused = run(Map.of("TANDEM_JAVA_HOME", old.toString()), "--version");
        assertEquals(ExitCodes.UNAVAILABLE, refused.code());
        assertTrue(refused.text().contains("TANDEM_JAVA_HOME: " + old + " [JDK 8]"), refused.text());
        assertTrue(refused.text().contains("apt install openjdk-25-jdk"), refused.text());
    }

    @Test
    void scriptsParse() throws Exception {
        for (String script : List.of("tandem", "hil/launcher/jdk.sh", "hil/launcher/build.sh", "hil/launcher/test.sh",
                ".ci/run")) {
            Process bash = new ProcessBuilder("/bin/bash", "-n", TinyPack.home().resolve(script).toString())
                    .redirectErrorStream(true).start();
            String words = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, bash.waitFor(), script + ": " + words);
        }
    }

    private Path fakeJdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(home.resolve("bin"));
        for (String tool : List.of("java", "javac")) {
            Files.createFile(home.resolve("bin/" + tool),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private record Result(int code, String text) {}

    private static Result run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(
                List.of("/bin/bash", TinyPack.home().resolve("tandem").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JAVA_HOME", "TANDEM_JAVA_HOME", "TANDEM_JAVA_OPTS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), text);
    }
}
