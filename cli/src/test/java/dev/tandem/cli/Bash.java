package dev.tandem.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.hil.eval.TinyPack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the launcher, or a piece of it. */
final class Bash {
    private static final String SHELL = "/bin/bash";

    private Bash() {
    }

    /** What a script said, both streams, and how it ended. */
    record Result(int code, String text) {}

    static void needed() {
        assumeTrue(Files.isExecutable(Path.of(SHELL)), "missing capability: " + SHELL);
    }

    /** A file of the checkout. */
    static Path file(String path) {
        return TinyPack.home().resolve(path);
    }

    /** {@code ./tandem} with these arguments. */
    static Result tandem(Map<String, String> environment, String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(file("tandem").toString()));
        words.addAll(List.of(arguments));
        return run(environment, words);
    }

    /** Functions of one file of the launcher, called as {@code script} says. */
    static Result with(String file, Map<String, String> environment, String script) throws Exception {
        return run(environment, List.of("-c", "set -euo pipefail\n. " + file("cli/launcher/" + file) + "\n" + script));
    }

    static Result run(Map<String, String> environment, List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SHELL));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JAVA_HOME", "TANDEM_JAVA_HOME", "TANDEM_JAVA_OPTS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), text);
    }
}
