package dev.tandem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.command.ExitCodes;
import java.io.IOException;
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
        Bash.needed();
    }

    @Test
    void findsTheJdkThatItIsTold() throws Exception {
        Bash.Result found = Bash.tandem(Map.of("TANDEM_JAVA_HOME", System.getProperty("java.home")), "find-jdk");
        assertEquals(0, found.code(), found.text());
        assertEquals(System.getProperty("java.home"), found.text().strip());
    }

    @Test
    void passesOverAnOldOneFromJavaHome() throws Exception {
        Path old = fakeJdk("old", "17.0.1");
        Path good = fakeJdk("good/.jdks/jdk-31", "31");
        Bash.Result found = Bash
                .tandem(Map.of("JAVA_HOME", old.toString(), "HOME", folder.resolve("good").toString(), "PATH",
                        "/usr/bin:/bin"), "find-jdk");
        assertEquals(0, found.code(), found.text());
        assertTrue(!found.text().contains(old.toString()), found.text());
        assertTrue(Files.isDirectory(good));
    }

    @Test
    void namesWhatItLookedAtAndHowToInstall() throws Exception {
        Path old = fakeJdk("old", "1.8.0_292");
        Bash.Result refused = Bash.tandem(Map.of("TANDEM_JAVA_HOME", old.toString()), "--version");
        assertEquals(ExitCodes.UNAVAILABLE, refused.code());
        assertTrue(refused.text().contains("TANDEM_JAVA_HOME: " + old + " [JDK 8]"), refused.text());
        assertTrue(refused.text().contains("apt install openjdk-25-jdk"), refused.text());
    }

    @Test
    void scriptsParse() throws Exception {
        for (String script : List.of("tandem", "cli/launcher/jdk.sh", "cli/launcher/java.sh",
                "jetson/src/dist/tandem-device",
                "edge-gpu/src/dist/tandem-edge", "cli/launcher/build.sh", "cli/launcher/test.sh",
                "cli/launcher/python.sh", "cli/launcher/skipped.sh", ".ci/run")) {
            Bash.Result parsed = Bash.run(Map.of(), List.of("-n", Bash.file(script).toString()));
            assertEquals(0, parsed.code(), script + ": " + parsed.text());
        }
    }

    /** With a Java that shows what it was started with. */
    @Test
    void theDistributionsStartJavaInUtf8WhereverTheyLie() throws Exception {
        Path jdk = fakeJdk("jdk", "25");
        Files.writeString(jdk.resolve("bin/java"),
                "#!/bin/bash\necho \"charset ${LC_ALL-${LANG-}}\"\nprintf '<%s>\\n' \"$@\"\n");
        for (String launcher : List.of("jetson/src/dist/tandem-device", "edge-gpu/src/dist/tandem-edge")) {
            Path home = folder.resolve("\u00e9 " + launcher.replace('/', '-'));
            Files.createDirectories(home.resolve("lib"));
            Files.copy(Bash.file("cli/launcher/java.sh"), home.resolve("lib/java.sh"));
            Path script = Files.createDirectories(home.resolve("bin")).resolve("start");
            Files.copy(Bash.file(launcher), script);
            Bash.Result shown = Bash.run(Map.of("LC_ALL", "C", "TANDEM_JAVA_HOME", jdk.toString()),
                    List.of(script.toString(), "--ask", "@\u732b x"));
            assertEquals(0, shown.code(), shown.text());
            assertTrue(shown.text().matches("(?s)charset \\S*[Uu][Tt][Ff]-?8\n.*"), shown.text());
            assertTrue(shown.text().contains("<" + home.resolve("lib") + "/*>") && shown.text().contains("<@\u732b x>"),
                    shown.text());
        }
    }

    @Test
    void refusesMuslInWords() throws Exception {
        Path alpine = folder.resolve("alpine");
        Path musl = Files.createDirectories(alpine.resolve("lib")).resolve("ld-musl-x86_64.so.1");
        assertEquals(0, library(alpine).code(), "neither of them: not for us to say");
        Files.createFile(musl);
        Bash.Result refused = library(alpine);
        assertEquals(ExitCodes.UNAVAILABLE, refused.code(), refused.text());
        assertTrue(refused.text().contains("C library is musl [" + musl + "]"), refused.text());
        assertTrue(refused.text().contains("needed: glibc"), refused.text());
        Files.createFile(Files.createDirectories(alpine.resolve("lib64")).resolve("ld-linux-x86-64.so.2"));
        assertEquals(0, library(alpine).code(), "a system that has both");
    }

    private static Bash.Result library(Path root) throws Exception {
        return Bash.run(Map.of(), List.of("-c", "set -euo pipefail; . \"$1\"; c_library tandem \"$2\"", "-",
                Bash.file("cli/launcher/java.sh").toString(), root.toString()));
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
}
