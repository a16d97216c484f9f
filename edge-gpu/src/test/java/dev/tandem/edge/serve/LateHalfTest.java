package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.task.Task;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.PeerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A method's half is opened at its first use: one that cannot be costs nobody else, and is tried again. */
class LateHalfTest {
    private static final Task.Classify CLASSIFY = new Task.Classify(1);

    @TempDir
    private Path dir;

    @Test
    void aMethodWhoseFilesAreDamagedIsRefusedInWordsUntilTheyAreMended() throws IOException {
        List<Slice> picture = EdgeRig.slices("jpeg-q30-c16");
        Path pack = EdgeRig.pack(dir.resolve("pack"), EdgeRig::onlyCounts);
        Path weights = pack.resolve("encoder.bin");
        byte[] good = Files.readAllBytes(weights);
        byte[] bad = good.clone();
        bad[100] ^= 1;
        try (EdgeRig rig = new EdgeRig(dir, pack, settings -> settings)) {
            Files.write(weights, bad);
            PeerException refused = rig.ask(CLASSIFY, "jpeg-q30-c16", picture).failure();
            assertEquals(ErrorCode.ANSWER_FAILED, refused.code());
            assertTrue(refused.getMessage().contains("SHA-256"), refused.getMessage());
            assertEquals(16, rig.ask(CLASSIFY, "raw-c16", EdgeRig.slices("raw-c16")).join().summary().count("used"));
            Files.write(weights, good);
            assertEquals(16, rig.ask(CLASSIFY, "jpeg-q30-c16", picture).join().summary().count("used"));
        }
    }
}
