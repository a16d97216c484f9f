package dev.tandem.hil.relay;

import static org.junit.jupiter.api.Assertions.fail;

import io.netty.util.LeakPresenceDetector;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test that leaves a Netty buffer or a relay thread behind. The build makes Netty track every buffer. */
public final class NoLeaks implements AfterEachCallback {
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (relayThreads() > 0 && System.nanoTime() - end < 0) {
            Thread.sleep(10);
        }
        if (relayThreads() > 0) {
            fail("threads left: " + Thread.getAllStackTraces().keySet());
        }
        LeakPresenceDetector.check();
    }

    private static long relayThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(each -> each.getName().startsWith("tandem-relay"))
                .count();
    }
}
