package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.method.HeadSection;
import dev.tandem.pack.Pack;
import dev.tandem.task.Task;
import dev.tandem.transport.frame.ErrorCode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OfferTest {
    private static final Task QUESTION = new Task.Question("?", 0);

    private final Pack pack = Pack.open(EdgeRig.PACK);
    private final Offer all = Offer.of(pack, Set.of());
    private final Offer some = Offer.of(pack, Set.of("raw", "tofc"));

    @Test
    void itIsAllOfThePackOrWhatIsWantedOfIt() {
        assertSame(pack, all.pack());
        assertEquals(List.of("tofc", "raw", "image"), all.methods());
        assertEquals(List.of("tofc", "raw"), some.methods());
        assertEquals(Set.of("tofc", "raw", "image"), all.identity().sections().keySet());
        assertEquals(Set.of("tofc", "raw"), some.identity().sections().keySet());
        assertEquals(List.of("words", "shapes"), all.heads().all().stream().map(HeadSection::name).toList());
        String why = assertThrows(IllegalArgumentException.class, () -> Offer.of(pack, Set.of("raw", "smoke")))
                .getMessage();
        assertTrue(why.contains("[smoke]") && why.contains("[tiny-vqa]"), why);
    }

    @Test
    void aPointIsFoundByItsNumberOrItsName() {
        assertEquals("c16", all.point(2, "").name());
        assertEquals(2, all.point(0, "c16").id());
        assertEquals("raw", all.point(0, "raw-c16").method());
        assertEquals("image", all.point(0, "jpeg-q30-c16").method());
    }

    @Test
    void whatIsNoPointIsRefusedWithThoseThereAre() {
        RefusedException unknown = assertThrows(RefusedException.class, () -> all.point(99, ""));
        assertEquals(ErrorCode.UNKNOWN_OPERATING_POINT, unknown.code());
        assertTrue(unknown.getMessage().contains("no operating point [99]"), unknown.getMessage());
        assertTrue(unknown.getMessage().contains("[1 c8, 2 c16, 3 c32, 4 c16-fine]"), unknown.getMessage());
        assertTrue(unknown.getMessage().contains("and those of the forms"), unknown.getMessage());
        assertTrue(unknown.getMessage().contains("jpeg"), unknown.getMessage());
        RefusedException named = assertThrows(RefusedException.class, () -> all.point(0, "c99"));
        assertTrue(named.getMessage().contains("no operating point [c99]"), named.getMessage());
    }

    @Test
    void aPointOfAMethodThatIsNotTakenIsRefused() {
        RefusedException refused = assertThrows(RefusedException.class, () -> some.point(0, "jpeg-q30-c16"));
        assertTrue(refused.getMessage().contains("does not take the method [image]"), refused.getMessage());
        assertFalse(refused.getMessage().contains("jpeg-q30-c16,"), refused.getMessage());
        Offer only = Offer.of(pack, Set.of("tofc"));
        refused = assertThrows(RefusedException.class, () -> only.point(0, "raw-c16"));
        assertTrue(refused.getMessage().contains("[1 c8, 2 c16, 3 c32, 4 c16-fine]"), refused.getMessage());
        assertFalse(refused.getMessage().contains("those of the forms"), refused.getMessage());
        Offer raw = Offer.of(pack, Set.of("raw"));
        refused = assertThrows(RefusedException.class, () -> raw.point(2, ""));
        assertTrue(refused.getMessage().contains("[2]") && refused.getMessage().contains("it has []"),
                refused.getMessage());
    }

    @Test
    void aHeadIsTheFirstThatFitsOrTheOneAskedFor() {
        assertEquals("words", all.head("", QUESTION, null).name());
        assertEquals("words", all.head("words", QUESTION, all.point(0, "raw-c16")).name());
        assertEquals("shapes", all.head("", new Task.Classify(1), all.point(0, "raw-c16")).name());
        RefusedException refused = assertThrows(RefusedException.class, () -> all.head("shapes", QUESTION, null));
        assertEquals(ErrorCode.UNSUPPORTED_TASK, refused.code());
        assertTrue(refused.getMessage().contains("no head [shapes] of the pack [tiny-vqa]"), refused.getMessage());
        assertTrue(refused.getMessage().contains("the task [question] without a picture"), refused.getMessage());
        refused = assertThrows(RefusedException.class,
                () -> all.head("", new Task.Preview(9), all.point(0, "raw-c16")));
        assertTrue(refused.getMessage().contains("no head of the pack"), refused.getMessage());
        assertTrue(refused.getMessage().contains("from the [TokenSet] of raw; it has ["), refused.getMessage());
    }

    @Test
    void theTasksOfAHeadAreWords() {
        assertEquals(List.of("question"), Offer.tasks(all.heads().all().getFirst()));
        assertEquals(List.of("classify"), Offer.tasks(all.heads().all().get(1)));
    }
}
