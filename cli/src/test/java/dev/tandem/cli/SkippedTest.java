package dev.tandem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last lines of {@code ./tandem test}: what was skipped and why, from what the runners write. */
class SkippedTest {
    @TempDir
    private Path folder;
    private Path start;

    @BeforeEach
    void needsBashAndAStart() throws Exception {
        Bash.needed();
        start = Files.createFile(folder.resolve("start"));
        Files.setLastModifiedTime(start, FileTime.from(Instant.now().minusSeconds(60)));
    }

    @Test
    void javaReasonsAreCountedAndOldReportsLeftAside() throws Exception {
        Path reports = Files.createDirectories(folder.resolve("java-api/target/surefire-reports"));
        Files.writeString(reports.resolve("TEST-a.xml"),
                """
                        <testsuite><testcase name="one" classname="a"><skipped message="Assumption failed: missing &quot;GPU&quot;" type="x"/></testcase>
                        <testcase name="two" classname="a"><skipped message="Assumption failed: missing &quot;GPU&quot;" type="x"><![CDATA[at]]></skipped>
                        </testcase><testcase name="three" classname="a"><skipped/></testcase>
                        <testcase name="four"><skipped type="a.B4"><![CDATA[a.B4: Assumption failed: no [card] here
                        at x]]></skipped></testcase></testsuite>
                        """);
        Path old = Files.writeString(reports.resolve("TEST-b.xml"), "<skipped message=\"long ago\"/>");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(600)));
        assertEquals("2 Java tests: missing \"GPU\"\n1 Java test: no reason given\n1 Java test: no [card] here\n",
                says("skipped_java " + folder));
    }

    @Test
    void nativeReasonsStandInTheLogOfCtest() throws Exception {
        Path log = Files.writeString(folder.resolve("LastTest.log"), """
                1/3 Testing: unit
                Output:
                ----
                [ RUN      ] A.b
                a_test.cpp:3: Skipped
                missing capability: AMX
                [  SKIPPED ] A.b (0 ms)
                <end of output>
                Test Passed.
                "unit" end time: now
                Output:
                ----
                skipped: tier neon is not to be had on this machine
                <end of output>
                Skip return code=77
                "unit_at_neon" end time: now
                Output:
                ----
                skips nothing
                <end of output>
                Test Passed.
                "other" end time: now
                """);
        String said = says("skipped_native " + log);
        assertTrue(said.contains("1 C++ test: missing capability: AMX\n"), said);
        assertTrue(said.contains("1 C++ test: tier neon is not to be had on this machine\n"), said);
        assertEquals(2, said.lines().count(), said);
        assertTrue(says("skipped_native " + folder.resolve("none")).startsWith("all C++ tests: missing capability"));
    }

    @Test
    void pythonReasonsAreThoseOfPytest() throws Exception {
        Path log = Files.writeString(folder.resolve("pytest.log"), """
                ...s.s
                SKIPPED [2] tests/test_a.py:12: no weights: fetch them
                SKIPPED [1] tests/test_b.py:3: no network
                5 passed, 3 skipped
                """);
        assertEquals("2 Python tests: no weights: fetch them\n1 Python test: no network\n",
                says("skipped_python " + log));
        assertEquals("", says("skipped_python " + Files.writeString(folder.resolve("quiet.log"), "5 passed\n")));
    }

    @Test
    void theEndOfTheRunNamesAllOfIt() throws Exception {
        String script = "set -euo pipefail\nroot=" + Bash.file("") + " state=" + folder
                + "\n. $root/cli/launcher/test.sh\n"
                + "touch $state/test.start\ntags=gpu python_skipped='--no-python was given'\nsay_skipped";
        Bash.Result said = Bash.run(Map.of(), List.of("-c", script));
        assertEquals(0, said.code(), said.text());
        List<String> lines = said.text().lines().toList();
        assertEquals("tandem: all tests that ran passed; SKIPPED:", lines.getFirst());
        assertTrue(lines.contains("tandem:   Java tests with a tag of gpu: -DexcludedGroups= runs them too"),
                said.text());
        assertEquals("tandem:   all training tests: --no-python was given", lines.getLast());
        assertEquals(lines.size() - 1, Files.readAllLines(folder.resolve("skipped.txt")).size(),
                "kept for who runs more");
    }

    private String says(String call) throws Exception {
        Bash.Result result = Bash.with("skipped.sh", Map.of(), call + " " + start);
        assertEquals(0, result.code(), result.text());
        return result.text();
    }
}
