package dev.tandem.hil.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a number was measured on: a table without it says little. */
public record Machine(String cpu, int cores, String system, String java) {

    /** This one. */
    public static Machine here() {
        return new Machine(cpuName(), Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"), Runtime.version().toString());
    }

    private static String cpuName() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
                if (line.startsWith("model name") || line.startsWith("Model")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (IOException unreadable) {
            // Not Linux, or hidden: the architecture must do.
        }
        return System.getProperty("os.arch");
    }

    /** In one line. */
    @Override
    public String toString() {
        return cpu + ", " + cores + " cores, " + system + ", Java " + java;
    }
}
