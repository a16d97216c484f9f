package dev.tandem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python environment of {@code ./tandem test}, with a python3 whose pip does as it is told, call by call. */
class PythonEnvironmentTest {
    /** {@code -m venv DIR} makes DIR with itself as its python; pip takes the next line of {@code answers}. */
    private static final String PYTHON = """
            #!/bin/bash
            here=$(cd "$(dirname "$0")" && pwd)
            if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$here/python3" "$3/bin/python"; exit 0; fi
            answer=$(head -n 1 "$ANSWERS"); sed -i 1d "$ANSWERS"; echo "$answer" | tr ';' '\\n'
            [ "${answer%ok}" != "$answer" ]
            """;

    @TempDir
    private Path folder;
    private Path venv;

    @BeforeEach
    void needsBashAndAPython() throws IOException {
        Bash.needed();
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.writeString(Files.createFile(bin.resolve("python3"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"))), PYTHON);
        Files.writeString(Files.createDirectories(folder.resolve("training")).resolve("pyproject.toml"), "wanted");
        venv = folder.resolve("state/venv");
    }

    @Test
    void aHalfMadeOneIsThrownAwayAndMadeAnew() throws Exception {
        Files.createDirectories(venv.resolve("lib/broken"));
        String said = make("Downloading torch;ok", 0);
        assertTrue(said.contains("half made"), said);
        assertFalse(Files.exists(venv.resolve("lib")));
        assertTrue(Files.exists(venv.resolve("tandem-requirements")));
        assertEquals("", make("never asked", 0), "the mark says that it is there");
    }

    @Test
    void pipIsAskedOnceMoreWhenItBreaksHalfWay() throws Exception {
        String said = make("Downloading torch;ERROR: connection reset\nUsing cached torch;ok", 0);
        assertTrue(said.contains("broke half-way [ERROR: connection reset]"), said);
        assertTrue(Files.exists(venv.resolve("tandem-requirements")));
    }

    @Test
    void whatPipSaidIsPassedOnAndTheNetworkBlamedOnlyWhenNothingCame() throws Exception {
        String said = make("Downloading a;ERROR: disk full\nDownloading a;ERROR: disk full", 1);
        assertTrue(said.contains("pip said [ERROR: disk full]") && !said.contains("network"), said);
        assertFalse(Files.exists(venv.resolve("tandem-requirements")));
        said = make("ERROR: no matching distribution\nnever asked", 1);
        assertTrue(said.contains("(no network?)") && said.contains("half made"), said);
    }

    @Test
    void anotherListOfPackagesMakesItAnew() throws Exception {
        make("ok", 0);
        Files.writeString(venv.resolve("old"), "");
        Files.writeString(folder.resolve("training/pyproject.toml"), "wanted more");
        make("ok", 0);
        assertFalse(Files.exists(venv.resolve("old")));
    }

    private String make(String answers, int code) throws Exception {
        Path file = Files.writeString(folder.resolve("answers"), answers + "\n");
        Bash.Result made = Bash.with("python.sh",
                Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin", "ANSWERS", file.toString()),
                "root=" + folder + " state=" + folder.resolve("state")
                        + "\nmake_venv || { echo \"<$venv_problem>\"; exit 1; }");
        assertEquals(code, made.code(), made.text());
        return made.text();
    }
}
