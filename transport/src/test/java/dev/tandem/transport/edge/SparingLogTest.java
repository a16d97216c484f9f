package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.LogLines;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SparingLogTest {
    @Test
    void saysSomeLinesAndHowManyMoreThereWere() {
        AtomicLong clock = new AtomicLong();
        SparingLog log = new SparingLog(LoggerFactory.getLogger("dev.tandem.transport.test"), "strangers", 5, 1,
                clock::get);
        try (LogLines lines = new LogLines()) {
            for (int i = 0; i < 100; i++) {
                log.warn("stranger [{}] of [{}]", i, 100);
            }
            assertEquals(5, lines.with("WARN stranger [").size());
            assertTrue(lines.with("left out").isEmpty());
            log.leftOut();
            log.tell();
            log.tell();
            assertEquals(1, lines.with("[96] lines about strangers were left out").size(),
                    lines.with("left").toString());
            clock.addAndGet(2_000_000_000L);
            log.info("again [{}] [{}] [{}]", 1, 2, 3);
            log.info("again");
            log.info("again");
            assertEquals(2, lines.with("again").size());
            assertEquals(1, lines.with("INFO again [1] [2] [3]").size());
        }
    }
}
