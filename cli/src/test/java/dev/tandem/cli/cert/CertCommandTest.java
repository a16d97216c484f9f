package dev.tandem.cli.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.cli.Run;
import dev.tandem.command.ExitCodes;
import java.nio.file.Files;
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

    @Test
    void theCertificateSaysWhichEndItIsFor() {
        Path certificates = folder.resolve("certs");
        assertEquals(0, Run.of("cert", "new", certificates.toString()).code());
        for (String end : new String[]{"edge", "device"}) {
            Run good = check(certificates, end);
            assertEquals(0, good.code(), good.out());
        }
    }

    @Test
    void aFurtherDeviceGetsItsOwn() {
        Path certificates = folder.resolve("certs");
        assertEquals(0, Run.of("cert", "new", certificates.toString()).code());
        for (String name : new String[]{"cam-2", "cam-3"}) {
            Path out = folder.resolve(name);
            Run issued = Run.of("cert", "issue", "--certs", certificates.toString(), "--device", name, "--out",
                    out.toString());
            assertEquals(0, issued.code(), issued.err());
            assertTrue(issued.out().contains("device " + name + "  --certs " + out), issued.out());
            assertEquals(0, check(out, "device").code());
            Run again = Run.of("cert", "issue", "--certs", certificates.toString(), "--device", name, "--out",
                    out.toString());
            assertEquals(ExitCodes.IO, again.code());
            assertTrue(again.err().contains("is not overwritten"), again.err());
        }
        assertEquals(ExitCodes.USAGE, Run.of("cert", "issue", "--certs", certificates.toString(), "--device", "a/b",
                "--out", folder.resolve("x").toString()).code());
    }

    @Test
    void aMistypedHostLeavesNothingAndTheRetryWorks() {
        Path certificates = folder.resolve("new/certs");
        Run refused = Run.of("cert", "new", certificates.toString(), "--host", "localhost,edge:7443");
        assertEquals(ExitCodes.USAGE, refused.code());
        assertTrue(refused.err().contains("[edge:7443] is no host"), refused.err());
        assertFalse(Files.exists(folder.resolve("new")));
        assertEquals(0, Run.of("cert", "new", certificates.toString(), "--host", "localhost,edge").code());
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
