package dev.tandem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.hil.eval.TinyPack;
import io.netty.handler.codec.quic.Quic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * {@code tandem bench transport --trials sharing} in its short form: whatever fourteen attackers do, a polite device
 * gets its answers, the edge's memory stays within its budget, and it stops when it is told to. How fast it is beside
 * an attacker is reported by the command and asserted nowhere.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES) // a machine may be busy; nothing may hang
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharingTest {
    private static final String MINUTES = "0.45";
    private static final String LATENCY = "p99 beside, ms";
    private static final int ATTACKS = 14;

    private final Map<String, List<JsonNode>> rows = new LinkedHashMap<>();
    private String missing;
    private Run run;

    @BeforeAll
    void attack() throws Exception {
        missing = !Files.isReadable(Path.of("/proc/self/status"))
                ? "memory is read from /proc, which only Linux has"
                : !Quic.isAvailable() ? "missing capability: Netty's native QUIC" : null;
        if (missing != null) {
            return;
        }
        run = Run.of("bench", "transport", "--trials", "sharing", "--minutes", MINUTES, "--pack",
                TinyPack.folder().toString(), "--json");
        assertTrue(run.out().startsWith("{"), run.err());
        for (JsonNode row : new ObjectMapper().readTree(run.out()).path("rows")) {
            rows.computeIfAbsent(row.path("trial").asText(), trial -> new ArrayList<>()).add(row);
        }
    }

    @Test
    void everyAttackIsTriedAndMeasured() {
        assumeTrue(missing == null, missing);
        assertEquals(ATTACKS, rows.size(), run.err());
        rows.forEach((trial, all) -> {
            assertTrue(value(all, "questions asked") >= 1, trial);
            assertTrue(value(all, "resident before, MB") > 10, trial);
            assertNotNull(row(all, LATENCY), trial);
        });
    }

    @TestFactory
    Stream<DynamicTest> nobodyTakesTheEdgeFromTheOthers() {
        assumeTrue(missing == null, missing);
        return rows.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> withstood(each.getKey(), each.getValue())));
    }

    private void withstood(String trial, List<JsonNode> all) {
        List<String> missed = all.stream().filter(row -> row.path("reached").isBoolean())
                .filter(row -> !row.path("reached").asBoolean())
                .filter(row -> !row.path("measure").asText().equals(LATENCY))
                .map(row -> row.path("measure").asText() + ": " + row.path("value") + ", needed "
                        + row.path("reach").asText())
                .toList();
        assertEquals(List.of(), missed, () -> said(trial));
    }

    /** What the command said of this attack, with what the edge said. */
    private String said(String trial) {
        return Stream.of(run.err().split("(?m)^tandem: ")).filter(each -> trial.endsWith(each.split(":")[0]))
                .findFirst()
                .orElse("");
    }

    private static double value(List<JsonNode> rows, String measure) {
        return row(rows, measure).path("value").asDouble();
    }

    private static JsonNode row(List<JsonNode> rows, String measure) {
        return rows.stream().filter(row -> row.path("measure").asText().equals(measure)).findFirst().orElseThrow();
    }
}
