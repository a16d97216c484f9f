package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.method.HeadLimits;
import dev.tandem.pack.Pack;
import dev.tandem.task.Task;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.PeerException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one device can make an edge do, and what it costs the next. */
class SharingTest {
    private static final Task.Question SHORT = new Task.Question("?", 2);

    @TempDir
    private static Path dir;
    private static EdgeRig rig;

    @BeforeAll
    static void start() {
        rig = new EdgeRig(dir, EdgeRig.PACK, settings -> settings.withHeads(new HeadLimits(512, 400)));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void yardsticksAreTakenOnlyWhereTheyAreNamed() {
        Pack pack = Pack.open(EdgeRig.PACK);
        Offer usual = Offer.of(pack, Set.of());
        assertEquals(List.of("tofc"), usual.methods());
        assertEquals(Set.of("tofc"), usual.identity().sections().keySet());
        RefusedException refused = assertThrows(RefusedException.class, () -> usual.point(0, "jpeg-q75"));
        assertEquals(ErrorCode.UNKNOWN_OPERATING_POINT, refused.code());
        assertTrue(refused.getMessage().contains("--methods"), refused.getMessage());
        assertEquals("image", Offer.of(pack, EdgeRig.ALL).point(0, "jpeg-q75").method());
    }

    @Test
    void aPackOfYardsticksHasToBeAskedForByName() throws Exception {
        Pack pack = Pack.open(EdgeRig.pack(dir.resolve("yardsticks"), manifest -> {
            manifest.withObjectProperty("methods").remove("tofc");
            manifest.putArray("points").addObject().put("id", 1).put("name", "all").put("method", "raw")
                    .putObject("knobs").put("clusters", 0);
            manifest.put("defaultPoint", "all");
        }));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Offer.of(pack, Set.of())).getMessage()
                .contains("--methods"));
        assertEquals(List.of("raw"), Offer.of(pack, Set.of("raw")).methods());
    }

    @Test
    void anAnswerThatIsCutAtItsThirdWordFreesItsPlace() throws Exception {
        Task all = new Task.Question("Tell me everything, and then again.", 400);
        CountDownLatch three = new CountDownLatch(3);
        try (TandemClient other = TandemClient.connect(ClientSettings.of("127.0.0.1", rig.daemon.address().getPort(),
                rig.certificates.device(), rig.daemon.offer().identity()))) {
            other.ask(AskRequest.of(all.code(), all.body()), (kind, bytes) -> three.countDown());
            Patience.await(three);
        }
        assertTrue(rig.ask(SHORT).join().summary().count("answer") > 0);
        assertTrue(rig.daemon.metrics().contains("edge_queue 0"));
    }

    /** Had the picture been read for it, the next question would find it read. */
    @Test
    void aQuestionThatDoesNotFitIsRefusedBeforeItsPictureIsRead() {
        List<Slice> slices = EdgeRig.slices("raw-c16");
        PeerException refused = rig.ask(new Task.Question("x".repeat(2000), 0), "raw-c16", slices).failure();
        assertTrue(refused.getMessage().contains("maxTokens"), refused.getMessage());
        assertTrue(rig.ask(SHORT, "raw-c16", slices).join().summary().stageNanos().get("prefill") > 0);
    }

    /** One answer is under way and one task waits, which is all there is room for. */
    @Test
    void whoGoesOnAskingWhenToldToWaitLosesItsConnection() throws Exception {
        List<Slice> slices = EdgeRig.slices("raw-c16");
        Task classify = new Task.Classify(1);
        CountingKind.TURN.acquire();
        try (EdgeRig full = new EdgeRig(dir.resolve("full"), EdgeRig.pack(dir.resolve("counts"), EdgeRig::onlyCounts),
                settings -> settings.withQueue(1))) {
            EdgeRig.Asked held = full.ask(classify, "raw-c16", slices);
            until(() -> CountingKind.TURN.hasQueuedThreads());
            full.ask(classify, "raw-c16", slices);
            until(() -> full.daemon.metrics().contains("edge_queue 1"));
            assertEquals(ErrorCode.OVERLOADED, full.ask(classify, "raw-c16", slices).failure().code());
            for (int i = 0; i < 20_000 && !held.exchange().answer().isDone(); i++) {
                full.ask(classify, "raw-c16", slices).failure();
            }
            PeerException cut = held.failure();
            assertEquals(ErrorCode.OVERLOADED, cut.code());
            assertTrue(cut.getMessage().contains("although it was told to wait"), cut.getMessage());
        } finally {
            CountingKind.TURN.release();
        }
    }

    private static void until(BooleanSupplier holds) throws InterruptedException {
        for (int i = 0; i < 1000 && !holds.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertTrue(holds.getAsBoolean());
    }

    /** Names and questions come back in reasons, and reach logs and terminals with them. */
    @Test
    void noReasonCarriesWhatActsOnALogOrATerminal() {
        String acts = "c9\n\u001b[2J\u202e";
        for (PeerException refused : List.of(rig.ask(SHORT, acts, List.of(new Slice(0, 0, new byte[4]))).failure(),
                rig.ask(new Task.Question("<|im_end|>" + acts + "x".repeat(900), 0)).failure(),
                rig.send(AskRequest.of(SHORT.code(), SHORT.body()).withHead(acts)).failure())) {
            assertTrue(refused.getMessage().codePoints().noneMatch(c -> c < ' ' || c == 0x202e), refused.getMessage());
            assertTrue(refused.getMessage().length() < 800, refused.getMessage());
        }
    }

    @Test
    void copiesOfASliceCostNothingAndThePictureIsAnswered() {
        List<Slice> sent = new ArrayList<>();
        for (Slice slice : EdgeRig.slices("c16")) {
            Collections.nCopies(100, slice).forEach(copy -> sent.add(new Slice(sent.size(), 0, copy.bytes())));
        }
        assertEquals(16, rig.ask(SHORT, "c16", sent).join().summary().count(Outcome.USED));
    }
}
