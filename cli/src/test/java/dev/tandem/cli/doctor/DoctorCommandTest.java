package dev.tandem.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.cli.Run;
import dev.tandem.command.ExitCodes;
import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.hil.eval.TinyPack;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    private Path folder;

    @Test
    void aGoodMachineHasNoFault() throws IOException {
        Run doctor = Run.of("doctor", "--pack", TinyPack.folder().toString(), "--json");
        assertEquals(0, doctor.code(), doctor.out());
        JsonNode findings = new ObjectMapper().readTree(doctor.out());
        for (String subject : new String[]{"tandem", "Java", "CPU", "heap", "off-heap", "native library", "TensorRT",
                "temporary folder",
                "home", "locale", "memory", "clock",
                "pack tiny-vqa", "certificates"}) {
            assertTrue(findings.findValuesAsText("subject").contains(subject), subject + " in " + doctor.out());
        }
    }

    @Test
    void aDamagedPackIsAFaultWithItsRemedy() throws IOException {
        Files.writeString(folder.resolve("pack.json"), "{}");
        Run doctor = Run.of("doctor", "--pack", folder.toString());
        assertEquals(ExitCodes.NEGATIVE, doctor.code(), doctor.out());
        assertTrue(doctor.out().lines().anyMatch(line -> line.startsWith("fault") && line.contains("pack.json")),
                doctor.out());
    }

    @Test
    void certificatesAreLookedAtForThePort() {
        assertEquals(0, Run.of("cert", "new", folder.resolve("certs").toString()).code());
        Run doctor = Run.of("doctor", "--pack", TinyPack.folder().toString(), "--certs",
                folder.resolve("certs").toString(), "--host", "elsewhere.example");
        assertEquals(ExitCodes.NEGATIVE, doctor.code(), doctor.out());
        assertTrue(doctor.out().contains("ok     device certificate"), doctor.out());
        assertTrue(doctor.out().contains("fault  edge certificate") && doctor.out().contains("elsewhere.example"),
                doctor.out());
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            Finding finding = LinkChecks.port(taken.getLocalPort());
            assertEquals(Finding.State.NOTE, finding.state());
            assertTrue(finding.words().contains("an edge may be running"), finding.words());
        }
    }

    @Test
    void whoHoldsMemoryOffTheHeapIsSaidWithTheCap() {
        MemoryAccount account = new MemoryAccount("test", 64L << 20);
        try (CountedArena arena = CountedArena.confined(account.owner("codec"))) {
            arena.allocate(8192, 8);
            String words = HostChecks.memory(account).words();
            assertTrue(words.startsWith("up to 64 MiB in all") && words.contains("codec 8 KiB, at most 8 so far"),
                    words);
        }
    }
}
