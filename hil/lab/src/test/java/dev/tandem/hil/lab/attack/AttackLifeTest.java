package dev.tandem.hil.lab.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.hil.lab.NoLeaks;
import dev.tandem.transport.tls.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** An attack counts its strokes, ends when it is closed, and is no proof where an attacker breaks by itself. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class AttackLifeTest {

    private static final class Scripted implements Attack.Attacker {
        private final Exception each;
        private final AtomicInteger closed = new AtomicInteger();

        Scripted(Exception each) {
            this.each = each;
        }

        @Override
        public void strike(SplittableRandom random) throws IOException {
            switch (each) {
                case IOException refused -> throw refused;
                case RuntimeException own -> throw own;
                case null, default -> {
                }
            }
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Test
    void strokesAreCountedAndThoseThatTheEdgeBreaksOffToo() throws Exception {
        Attack attack = new Attack();
        Scripted good = new Scripted(null);
        Scripted refused = new Scripted(new IOException("refused"));
        attack.run("good", good, 1, new SplittableRandom(1));
        attack.run("refused", refused, 1, new SplittableRandom(2));
        Victim.await("both strike", () -> attack.broken() > 5 && attack.strokes() > attack.broken() + 5);
        attack.close();
        assertEquals(1, good.closed.get());
        assertEquals(1, refused.closed.get());
        assertEquals(0, threads());
        long strokes = attack.strokes();
        Thread.sleep(20);
        assertEquals(strokes, attack.strokes());
    }

    @Test
    void anAttackerThatBreaksByItselfProvesNothing() throws Exception {
        Attack attack = new Attack();
        RuntimeException mistake = new IllegalStateException("a mistake of the attacker");
        Scripted broken = new Scripted(mistake);
        attack.run("broken", broken, 1, new SplittableRandom(1));
        Victim.await("it has ended", () -> broken.closed.get() == 1);
        IllegalStateException told = assertThrows(IllegalStateException.class, attack::close);
        assertSame(mistake, told.getCause());
        assertTrue(told.getMessage().contains("proves nothing"));
    }

    @Test
    void anAttackThatCannotBeginLeavesNoThread() {
        Path nowhere = Path.of("nowhere.pem");
        Target target = new Target(9, new Credentials(nowhere, nowhere, nowhere), Victim.PACK);
        assertThrows(RuntimeException.class, () -> Attack.begin(target, 1));
        assertEquals(0, threads());
    }

    @Test
    void allKindsStrikeAtOnceAndEndTogether() throws Exception {
        try (Victim edge = Victim.start()) {
            Attack attack = Attack.begin(edge.target(), 4);
            assertEquals(4, threads());
            Victim.await("strokes", () -> attack.strokes() > 40);
            attack.close();
            assertEquals(0, threads());
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(each -> each.getName().startsWith("tandem-attack-"))
                .count();
    }
}
