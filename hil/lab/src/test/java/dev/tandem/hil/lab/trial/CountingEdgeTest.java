package dev.tandem.hil.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.hil.lab.NoLeaks;
import dev.tandem.hil.relay.Profile;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.LinkCounters;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.TransportChoice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The edge that counts: how much of a picture is here, as tokens; what cannot be decoded is said in words. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class CountingEdgeTest {
    private static TrialSlices picture;
    private static Rig rig;
    private static TandemClient device;

    @BeforeAll
    static void start() throws Exception {
        Pack pack = Tiny.pack();
        picture = TrialSlices.of(pack, 4);
        rig = Rig.start(pack, Profile.CLEAN, 1);
        device = rig.connect(TransportChoice.TCP);
    }

    @AfterAll
    static void stop() {
        device.close();
        rig.close();
    }

    @Test
    void allSlicesAreTheWholePicture() throws Exception {
        List<String> words = new ArrayList<>();
        AnswerSummary answer = device
                .ask(Rig.ask(picture), (kind, bytes) -> words.add(new String(bytes, StandardCharsets.UTF_8)))
                .answer().get(30, TimeUnit.SECONDS);
        assertEquals(answer.count("total"), answer.count("used"));
        assertTrue(answer.count("total") > 0);
        assertEquals(List.of(Long.toString(answer.count("used"))), words);
        assertEquals(picture.slices().size(), answer.slicesUsed());
        assertTrue(answer.stageNanos().get("work") >= 0 && answer.stageNanos().containsKey("begun"));
    }

    @Test
    void aPartOfTheSlicesIsLess() throws Exception {
        long whole = device.ask(Rig.ask(picture), Rig.NOBODY).answer().get(30, TimeUnit.SECONDS).count("used");
        List<Slice> some = picture.slices().subList(0, 1);
        AnswerSummary answer = device
                .ask(Rig.ask(picture).withSlices(some, Need.ANY), Rig.NOBODY)
                .answer().get(30, TimeUnit.SECONDS);
        assertTrue(answer.count("used") < whole, answer.toString());
        assertEquals(1, answer.slicesUsed());
    }

    @Test
    void slicesThatAreNoneAreRefusedInWords() {
        assertFails(Rig.ask(picture).withSlices(List.of(new Slice(0, 0, new byte[]{1, 2, 3})), Need.ANY),
                ErrorCode.ANSWER_FAILED);
    }

    @Test
    void aPointThatIsNotThereIsRefusedByName() {
        assertTrue(assertFails(Rig.ask(picture).withPoint("nowhere"), ErrorCode.ANSWER_FAILED).getMessage()
                .contains("nowhere"));
    }

    private static PeerException assertFails(AskRequest ask, ErrorCode code) {
        LinkCounters counters = rig.edge().server().counters();
        long before = counters.ended(code);
        ExecutionException failed = assertThrows(ExecutionException.class,
                () -> device.ask(ask, Rig.NOBODY).answer().get(30, TimeUnit.SECONDS));
        PeerException reason = (PeerException) failed.getCause();
        assertTrue(reason.getMessage().contains(code.name()), reason.getMessage());
        assertEquals(before + 1, counters.ended(code));
        assertEquals(1, device.connections());
        return reason;
    }

    @Test
    void aPictureIsMadeTheSameEachTimeInAsManySlicesAsWanted() {
        TrialSlices again = TrialSlices.of(Tiny.pack(), 4);
        assertTrue(picture.slices().size() >= 4);
        assertEquals(picture.slices().size(), again.slices().size());
        assertEquals(picture.bytes(), again.bytes());
        assertEquals(picture.bytes(), picture.slices().stream().mapToInt(each -> each.bytes().length).sum());
        assertTrue(TrialSlices.of(Tiny.pack(), 1).slices().size() < picture.slices().size());
    }
}
