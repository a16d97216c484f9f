package dev.tandem.hil.lab;

import static org.junit.jupiter.api.Assertions.fail;

import io.netty.util.LeakPresenceDetector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a class of tests that leaves a Netty buffer, or a thread of an end, a relay or an attacker behind. The build
 * makes Netty track every buffer; it can be asked once only, so loops have time to end first.
 */
public final class NoLeaks implements AfterAllCallback {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final List<String> LOOPS = List.of("tandem-relay", "tandem-edge", "tandem-device", "tandem-attack",
            "tandem-trial", "multiThreadIoEventLoopGroup");

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!left().isEmpty()) {
            if (System.nanoTime() - end > 0) {
                fail("threads left: " + left());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        LeakPresenceDetector.check();
    }

    private static List<String> left() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> LOOPS.stream().anyMatch(name::startsWith)).sorted().toList();
    }
}
