package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.FrameType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was said in an exchange, kept while all of it fits. */
class SentFramesTest {
    private static Frame part(long exchange, int bytes) {
        return Frame.of(FrameType.PART, exchange, new byte[bytes - FrameHeader.BYTES]);
    }

    @Test
    void keepsTheFramesOfEachExchangeInOrderButNoReceipts() {
        SentFrames sent = new SentFrames();
        sent.begin(1);
        sent.begin(2);
        Frame first = part(1, 100);
        Frame second = part(1, 50);
        Frame other = part(2, 40);
        List.of(first, other, Frame.of(FrameType.RECEIVED, 1, new byte[1]), second, part(3, 30)).forEach(sent::add);
        assertEquals(List.of(first, second), sent.of(1));
        assertEquals(List.of(other), sent.of(2));
        assertEquals(List.of(), sent.of(3));
        assertEquals(List.of(1L, 2L), sent.exchanges());
        sent.forget(1);
        assertFalse(sent.keeps(1));
        assertTrue(sent.keeps(2));
        assertEquals(List.of(), sent.of(1));
    }

    @Test
    void forgetsAnExchangeThatSaidMoreThanIsKept() {
        SentFrames sent = new SentFrames();
        sent.begin(1);
        sent.add(part(1, SentFrames.MOST_BYTES - 100));
        sent.add(part(1, 100));
        assertEquals(2, sent.of(1).size());
        sent.add(part(1, FrameHeader.BYTES));
        assertFalse(sent.keeps(1));
        sent.begin(1);
        sent.add(part(1, SentFrames.MOST_BYTES));
        assertTrue(sent.keeps(1), "it begins anew with nothing counted");
    }
}
