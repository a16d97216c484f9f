package dev.tandem.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.tls.Certificates;
import dev.tandem.transport.tls.Credentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrowawayCertificatesTest {

    @Test
    void theyAreThereUntilTheyAreClosed() throws Exception {
        ThrowawayCertificates made = ThrowawayCertificates.make();
        for (Credentials each : List.of(made.edge(), made.device())) {
            for (Path file : List.of(each.certificate(), each.key(), each.trust())) {
                assertTrue(Files.isRegularFile(file), file.toString());
            }
        }
        assertEquals(made.device(), Certificates.development(made.folder()).device());
        made.close();
        assertFalse(Files.exists(made.folder().getParent()));
        made.close();
    }

    @Test
    void thoseOfTheProcessAreMadeOnce() throws Exception {
        ThrowawayCertificates made = ThrowawayCertificates.ofProcess();
        assertSame(made, ThrowawayCertificates.ofProcess());
        assertTrue(Files.isRegularFile(made.edge().key()));
    }
}
