package dev.tandem.command;

import dev.tandem.transport.tls.Certificates;
import dev.tandem.transport.tls.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Certificates for both ends on this machine, in a temporary folder that goes with {@link #close}, or with this
 * process. Any thread may close it; the second time nothing happens.
 */
public final class ThrowawayCertificates implements AutoCloseable {
    private static ThrowawayCertificates ofProcess;

    private final Path folder;
    private final Certificates.Development made;
    private final Thread hook;

    private ThrowawayCertificates(Path folder, Certificates.Development made) {
        this.folder = folder;
        this.made = made;
        this.hook = new Thread(() -> delete(folder), "tandem-certificates-end");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Makes them, for {@code localhost} and {@code 127.0.0.1}. */
    public static ThrowawayCertificates make() throws IOException {
        Path folder = Files.createTempDirectory("tandem-certificates");
        try {
            return new ThrowawayCertificates(folder,
                    Certificates.createDevelopment(folder.resolve("certs"), List.of("localhost", "127.0.0.1")));
        } catch (RuntimeException problem) {
            delete(folder);
            throw problem;
        }
    }

    /** The same ones for whoever asks, since making some takes seconds; they go with this process: leave them open. */
    public static synchronized ThrowawayCertificates ofProcess() throws IOException {
        if (ofProcess == null) {
            ofProcess = make();
        }
        return ofProcess;
    }

    /** Where they lie, as {@code cert new} makes a folder of them. */
    public Path folder() {
        return folder.resolve("certs");
    }

    /** The edge's. */
    public Credentials edge() {
        return made.edge();
    }

    /** A device's. */
    public Credentials device() {
        return made.device();
    }

    @Override
    public void close() {
        delete(folder);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // Too late, and no harm.
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException gone) {
            // What is not there need not be deleted.
        }
    }
}
