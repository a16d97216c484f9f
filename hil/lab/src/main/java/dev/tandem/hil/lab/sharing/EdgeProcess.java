package dev.tandem.hil.lab.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The edge daemon in a process of its own, started as {@code tandem edge} starts it, with its log in a file. The
 * daemon's class is found by its name on this process's class path: the laboratory does not know it. One thread.
 */
final class EdgeProcess implements AutoCloseable {
    /** With {@link #HEAP}, what its process may hold: the machine of a small edge. */
    static final long BUDGET_BYTES = 1_000_000_000;
    private static final String HEAP = "-Xmx512m";
    private static final String MAIN = "dev.tandem.edge.EdgeMain";
    static final String QUICK = "-XX:TieredStopAtLevel=1";
    private static final String THOROUGH = "-XX:+TieredCompilation";
    private static final long NEVER_SECONDS = 20;

    private final Process process;
    private final Path log;
    private final int port;
    private final int metricsPort;

    private EdgeProcess(Process process, Path log, int port, int metricsPort) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.metricsPort = metricsPort;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param certs folder as {@code cert new} makes one
     * @param log file for what it says on standard error, made anew
     * @param brief whether it is up for seconds only, and compiles itself accordingly
     * @throws CommandFailedException when this class path has no edge, or the edge does not start, with its words
     */
    static EdgeProcess start(Path pack, Path certs, Path log, String level, boolean brief)
            throws IOException {
        Process process = new ProcessBuilder(java(MAIN,
                List.of("-Dtandem.log=" + level, brief ? QUICK : THOROUGH), "--pack", pack.toString(), "--listen",
                "127.0.0.1:0", "--certs", certs.toString(), "--metrics", "127.0.0.1:0", "--json"))
                .redirectError(log.toFile()).start();
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        if (line == null) {
            process.destroyForcibly();
            throw new CommandFailedException(ExitCodes.UNAVAILABLE, "starting an edge for the trial failed: ["
                    + Files.readString(log).strip() + "]");
        }
        JsonNode ready = new ObjectMapper().readTree(line);
        return new EdgeProcess(process, log, ready.path("port").asInt(),
                ready.path("metrics").path("port").asInt());
    }

    /** A command that runs a class of this class path with the edge's heap. */
    static List<String> java(String main, List<String> options, String... arguments) {
        try {
            Class.forName(main, false, EdgeProcess.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new CommandFailedException(ExitCodes.UNAVAILABLE, "starting [" + main
                    + "]: it is not on the class path; run the trial from the whole command line, ./tandem", e);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", HEAP,
                "-XX:+UseSerialGC", "-XX:MetaspaceSize=96m"));
        String natives = System.getProperty("tandem.native.dir");
        if (natives != null) {
            command.add("-Dtandem.native.dir=" + natives);
        }
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        return command;
    }

    int port() {
        return port;
    }

    int metricsPort() {
        return metricsPort;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    EdgeLog log() {
        return new EdgeLog(log);
    }

    /** Sends SIGTERM; seconds until it has gone, or those after which it is killed. */
    double terminate() throws InterruptedException {
        long start = System.nanoTime();
        process.destroy();
        if (!process.waitFor(NEVER_SECONDS, TimeUnit.SECONDS)) {
            return Double.POSITIVE_INFINITY;
        }
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
