package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.pack.Pack;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoomTest {
    private static final long MIB = 1L << 20;

    @Test
    void saysWhatAPackNeedsWhereThereIsLess() {
        assertEquals(Optional.empty(), Room.warning("big 1", 100 * MIB, 328 * MIB));
        String words = Room.warning("big 1", 100 * MIB, 328 * MIB - 1).orElseThrow();
        assertTrue(words.contains("may use [327] MiB"), words);
        assertTrue(words.contains("the pack big 1 with files of 100 MiB needs about 328"), words);
    }

    @Test
    void thisMachineHasRoomForASmallPack() {
        assertEquals(Optional.empty(), Room.warning(Pack.open(Path.of("..", "models", "tiny-vqa"))));
    }
}
