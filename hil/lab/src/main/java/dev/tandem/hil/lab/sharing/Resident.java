package dev.tandem.hil.lab.sharing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Watches a process's resident memory as Linux tells it; elsewhere it sees 0. */
final class Resident implements AutoCloseable {
    private static final int EVERY_MILLIS = 50;

    private final Path status;
    private final Thread thread;
    private volatile long peak;

    Resident(long pid) {
        status = Path.of("/proc", Long.toString(pid), "status");
        peak = bytes();
        thread = Thread.ofPlatform().daemon().name("tandem-trial-resident").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                peak = Math.max(peak, bytes());
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException closed) {
            // that was it
        }
    }

    /** Now, in bytes; 0 for a process that has gone. */
    long bytes() {
        try {
            return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""))).findFirst().orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }

    /** The most since it began to watch. */
    long peak() {
        return peak;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
