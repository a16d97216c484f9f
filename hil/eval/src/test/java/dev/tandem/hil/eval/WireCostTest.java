package dev.tandem.hil.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.task.Task;
import dev.tandem.transport.frame.Need;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireCostTest {
    private static final Task QUESTION = new Task.Question("What is in the picture?", 16);

    @Test
    void theFrameThatAsksIsCountedByteForByte() {
        // Header 12, fields 2 + 2 + 1 + 1 + 4 + 4, two empty names of a length each, the task's number, 2 of its body.
        WireCost numbered = new WireCost(3, "", List.of(100), 1, Need.ANY);
        assertEquals(12 + 14 + 2 + 1 + 2 + 23, numbered.askBytes(QUESTION));
        WireCost named = new WireCost(0, "jpeg-q5", List.of(100), 1, Need.ALL);
        assertEquals(numbered.askBytes(QUESTION) + 7, named.askBytes(QUESTION));
        assertEquals(112, named.pictureBytes());
        assertEquals(0, WireCost.NOTHING.askBytes(QUESTION));
        assertEquals(0, WireCost.NOTHING.packets(QUESTION));
    }

    @Test
    void theStreamsPacketsAreFilledAndOtherSlicesHaveTheirOwn() {
        int ask = new WireCost(3, "", List.of(100), 1, Need.ANY).askBytes(QUESTION);
        int fits = WireCost.PACKET_BYTES - ask - 12;
        assertEquals(1, new WireCost(3, "", List.of(fits), 1, Need.ALL).packets(QUESTION));
        assertEquals(2, new WireCost(3, "", List.of(fits + 1), 1, Need.ALL).packets(QUESTION));
        // Of five slices two go in the stream with the question, where any is worth something.
        assertEquals(1 + 3, new WireCost(3, "", List.of(90, 90, 90, 90, 90), 1, Need.ANY).packets(QUESTION));
        assertEquals(1, new WireCost(3, "", List.of(90, 90, 90, 90, 90), 1, Need.ALL).packets(QUESTION));
    }
}
