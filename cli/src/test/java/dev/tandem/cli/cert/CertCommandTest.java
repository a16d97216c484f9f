package dev.tandem.cli.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.cli.Run;
import dev.tandem.command.ExitCodes;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertCommandTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsMadeIsGoodUntilItIsTakenBack() {
        Path certificates = folder.resolve("certs");
        Run made = Run.of("cert", "new", certificates.toString(), "--host", "edge.example,127.0.0.1");
        assertEquals(0, made.code(), made.err());
        assertTrue(made.out().contains("answers to edge.example, 127.0.0.1"), made.out());
        assertEquals(0, check(certificates, "edge", "--host", "edge.example").code());
        assertEquals(0, check(certificates, "device").code());
        Run other = check(certificates, "edge", "--host", "other.example");
        assertEquals(ExitCodes.NEGATIVE, other.code());
        assertTrue(other.out().contains("other.example"), other.out());
        Run revoked = Run.of("cert", "revoke", "--dir", certificates.toString(), "--cert",
                certificates.resolve("device.pem").toString());
        assertEquals(0, revoked.code(), revoked.err());
        assertEquals(ExitCodes.NEGATIVE, check(certificates, "device").code());
        assertEquals(0, check(certificates, "edge", "--host", "127.0.0.1").code());
    }

    @Test
    void nothingIsOverwritten() {
        String certificates = folder.resolve("certs").toString();
        assertEquals(0, Run.of("cert", "new", certificates).code());
        Run again = Run.of("cert", "new", certificates);
        assertEquals(ExitCodes.IO, again.code(), again.err());
        assertTrue(again.err().contains("is not overwritten"), again.err());
        assertFalse(again.err().contains("\tat "), again.err());
    }

    @Test
    void anAuthorityTakesBackItsOwnOnly() {
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");
        assertEquals(0, Run.of("cert", "new", one.toString()).code());
        assertEquals(0, Run.of("cert", "new", other.toString()).code());
        Run refused = Run.of("cert", "revoke", "--dir", one.toString(), "--cert", other.resolve("edge.pem").toString());
        assertTrue(refused.code() != 0, refused.out());
        assertEquals(0, check(other, "edge", "--host", "localhost").code());
    }

    private static Run check(Path folder, String end, String... more) {
        String[] arguments = {"cert", "check", "--cert", folder.resolve(end + ".pem").toString(), "--key",
                folder.resolve(end + "-key.pem").toString(), "--trust", folder.resolve("ca.pem").toString(),
                "--revoked",
                folder.resolve("revoked.pem").toString()};
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Run.of(all);
    }
}
