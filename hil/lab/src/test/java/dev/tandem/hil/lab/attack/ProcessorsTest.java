package dev.tandem.hil.lab.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProcessorsTest {
    private static String allowed() {
        try {
            return Files.readString(Path.of("/proc/thread-self/status")).lines()
                    .filter(line -> line.startsWith("Cpus_allowed_list")).findFirst().orElseThrow().split("\\s+")[1];
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String ofAChild() throws IOException {
        Process child = new ProcessBuilder("grep", "Cpus_allowed_list", "/proc/self/status").start();
        return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip().split("\\s+")[1];
    }

    @Test
    void attackersAndTheOthersHaveNoneInCommonAndThreadsAndProcessesInherit() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/thread-self/status")), "skipped: needs Linux");
        String before = allowed();
        Processors processors = Processors.here();
        assumeTrue(processors.apart(), "skipped: needs two processors");
        try {
            processors.attack();
            String attackers = allowed();
            assertTrue(attackers.matches("\\d+"), attackers);
            processors.defend();
            String others = allowed();
            assertTrue(!others.equals(before) && !others.equals(attackers), others);
            assertEquals(others, ofAChild());
            CompletableFuture<String> ofAThread = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> ofAThread.complete(allowed()));
            assertEquals(others, ofAThread.get());
        } finally {
            processors.share();
        }
        assertEquals(before, allowed());
    }
}
