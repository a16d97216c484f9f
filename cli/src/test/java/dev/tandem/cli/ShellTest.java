package dev.tandem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.command.ExitCodes;
import dev.tandem.hil.eval.TinyPack;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as a shell starts it: other locales, full disks, little memory. */
class ShellTest {
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path folder;

    @BeforeEach
    void needsBash() {
        Bash.needed();
    }

    /** Runs {@code script} with a function {@code tandem}, which starts Java as the launchers do. */
    private static Bash.Result shell(String script) throws Exception {
        return shell(Map.of(), script);
    }

    private static Bash.Result shell(Map<String, String> more, String script) throws Exception {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("CLASSES", System.getProperty("java.class.path"));
        String start = """
                . '%s'
                tandem() {
                  utf8_locale
                  address_space tandem
                  '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true \\
                    ${room[@]+"${room[@]}"} ${flags-} -cp "$CLASSES" dev.tandem.cli.TandemCommand "$@"
                }
                """
                .formatted(Bash.file("cli/launcher/java.sh"), JAVA);
        return Bash.run(environment, List.of("-c", start + script));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LC_ALL=C", "LC_ALL=", "LC_ALL=POSIX LANG=C", "LC_ALL=xx_YY.UTF-8",
            "LC_ALL= LC_CTYPE=C LANG=C.UTF-8"})
    void argumentsAndFileNamesAreUtf8WhateverTheLocale(String locale) throws Exception {
        Path pack = folder.resolve("pâck 猫");
        Files.createSymbolicLink(pack, TinyPack.folder());
        Map<String, String> environment = new HashMap<>();
        for (String each : locale.split(" ")) {
            environment.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
        Bash.Result shown = shell(environment, "tandem model info --pack '" + pack + "'");
        assertEquals(0, shown.code(), shown.text());
        Bash.Result asked = shell(environment, "tandem device ask --edge h:1 --certs x --task '猫? é'");
        assertEquals(ExitCodes.USAGE, asked.code());
        assertTrue(asked.text().contains("--task [猫? é]"), asked.text());
    }

    @Test
    void aQuestionThatArrivedDamagedIsRefused() throws Exception {
        Bash.Result asked = shell("tandem device ask --edge h:1 --certs x --ask $'caf\\xe9?'");
        assertEquals(ExitCodes.USAGE, asked.code());
        assertTrue(asked.text().contains("reached Java damaged"), asked.text());
    }

    @Test
    void anAtSignIsNoFile() throws Exception {
        Path words = Files.writeString(folder.resolve("words"), "--help\n");
        Bash.Result asked = shell("tandem @" + words);
        assertEquals(ExitCodes.USAGE, asked.code(), asked.text());
        assertTrue(asked.text().contains("@" + words), asked.text());
    }

    @Test
    void whatIsWrittenHasTheSameDigitsInEveryCountry() throws Exception {
        Bash.Result measured = shell("flags='-Duser.language=ar -Duser.country=EG'; tandem bench codec --pack '"
                + TinyPack.folder() + "' --seconds 0.01; tandem --version; tandem doctor --pack '" + TinyPack.folder()
                + "'");
        assertTrue(measured.text().chars().anyMatch(each -> each >= '0' && each <= '9'), measured.text());
        assertFalse(measured.text().chars().anyMatch(each -> each > 0x7F && Character.isDigit(each)), measured.text());
    }

    @Test
    void resultsThatWereLostAreNoSuccess() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "missing capability: /dev/full");
        Bash.Result lost = shell("tandem model info --pack '" + TinyPack.folder() + "' > /dev/full");
        assertEquals(ExitCodes.IO, lost.code(), lost.text());
        assertTrue(lost.text().contains("writing to standard output failed"), lost.text());
        assertEquals(ExitCodes.IO, shell("tandem --help > /dev/full").code());
        Bash.Result gone = shell("tandem --help | true; exit ${PIPESTATUS[0]}");
        assertFalse(gone.text().contains("failed"), gone.text());
    }

    @Test
    void aDiskThatFillsUpLeavesNoHalfCertificates() throws Exception {
        Path out = folder.resolve("certs");
        Bash.Result full = shell("flags=-XX:-UsePerfData; export JAVA_TOOL_OPTIONS=-XX:-UsePerfData; ulimit -f 1;"
                + " tandem cert new '" + out + "'");
        assertEquals(ExitCodes.IO, full.code(), full.text());
        assertFalse(Files.exists(out), full.text());
        assertEquals(0, shell("tandem cert new '" + out + "'").code());
    }

    @Test
    void aLimitedAddressSpaceIsEnoughOrNamed() throws Exception {
        Bash.Result shown = shell("ulimit -v 2000000; tandem model info --pack '" + TinyPack.folder() + "'");
        assertEquals(0, shown.code(), shown.text());
        Bash.Result little = shell("ulimit -v 300000; tandem --version");
        assertTrue(little.text().contains("(ulimit -v)"), little.text());
    }

    @Test
    void aPortThatIsTakenIsTold() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Bash.Result refused = shell("tandem edge --pack '" + TinyPack.folder() + "' --certs '" + folder
                    + "' --listen 127.0.0.1:" + taken.getLocalPort());
            assertEquals(ExitCodes.UNAVAILABLE, refused.code(), refused.text());
            assertTrue(refused.text().contains("the port is taken"), refused.text());
        }
    }
}
