package dev.tandem.hil.eval.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An edge daemon in a process of its own on a free port of the loopback, with this JVM's class path and flags. It ends
 * with {@link #close}, and by itself when this process ends in any way. Any thread may close it.
 */
public final class EdgeProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 15;

    private final Process process;
    private final int port;

    private EdgeProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it is ready: pack checked, weights loaded. It takes every method of the pack, the
     * yardsticks too.
     *
     * @param certificates
     *            folder as {@code cert new} makes one
     * @param threads
     *            of its engine, 0 for one a core
     */
    public static EdgeProcess start(Path pack, Path certificates, int threads) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        // The flags that keep the screen quiet, not those that would let a second JVM fight for a debugger's port.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent")).forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EdgeChild.class.getName(), "--pack",
                pack.toString(), "--certs", certificates.toString(), "--listen", "127.0.0.1:0", "--threads",
                Integer.toString(threads), "--methods", String.join(",", PackMethods.of(Pack.open(pack)).names()),
                "--json"));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Thread hook = new Thread(process::destroyForcibly, "tandem-edge-end");
        Runtime.getRuntime().addShutdownHook(hook);
        process.onExit().thenRun(() -> forget(hook));
        try {
            return new EdgeProcess(process, port(process));
        } catch (IOException | RuntimeException problem) {
            process.destroyForcibly();
            throw problem;
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs or has run.
        }
    }

    private static int port(Process process) throws IOException {
        BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
            throw new CommandFailedException(ExitCodes.UNAVAILABLE,
                    "starting the edge as a process of its own: it ended before it was ready; its own words stand above");
        }
        JsonNode ready = new ObjectMapper().readTree(line);
        if (!ready.path("ready").asBoolean()) {
            throw new IOException("starting the edge: it said [" + line + "], its ready line was needed");
        }
        return ready.path("port").asInt();
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Asks it to stop, waits, and makes it stop. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
