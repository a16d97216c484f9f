package dev.tandem.hil.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a process of its own: in this one every buffer is watched by another detector. */
@Timeout(60)
class LeaksTest {
    private static final int LEAKED = 3;

    @Test
    void aBufferThatIsLetGoOfWithoutReleaseIsCounted() throws Exception {
        assertEquals(LEAKED, leaks(LEAKED));
    }

    @Test
    void aBufferThatIsReleasedIsNot() throws Exception {
        assertEquals(0, leaks(0));
    }

    private static int leaks(int count) throws Exception {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xmx64m",
                "-XX:+UseSerialGC", "-Dtandem.log=ERROR", "-cp", System.getProperty("java.class.path"),
                Leaky.class.getName(), Integer.toString(count)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var out = child.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(said.lines().reduce((first, last) -> last).orElseThrow().strip());
        } finally {
            child.destroyForcibly();
        }
    }

    /** Leaks so many buffers, releases as many others, and says what was noticed. */
    static final class Leaky {
        private Leaky() {
        }

        public static void main(String[] arguments) throws InterruptedException {
            int wanted = Integer.parseInt(arguments[0]);
            Leaks.watch();
            for (int i = 0; i < wanted; i++) {
                leak(i + 1);
            }
            // Noticed when another buffer is made after the collection: the same place counts once for each buffer.
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(wanted == 0 ? 1 : 20);
            while (System.nanoTime() - end < 0 && (wanted == 0 || Leaks.count() < wanted)) {
                System.gc();
                TimeUnit.MILLISECONDS.sleep(20);
                ByteBuf other = ByteBufAllocator.DEFAULT.directBuffer(16);
                other.release();
            }
            System.out.println(Leaks.count());
        }

        private static void leak(int depth) {
            if (depth > 1) {
                leak(depth - 1); // every leak with a stack of its own: like ones are told once
            } else {
                ByteBufAllocator.DEFAULT.directBuffer(64).writeByte(1);
            }
        }
    }
}
