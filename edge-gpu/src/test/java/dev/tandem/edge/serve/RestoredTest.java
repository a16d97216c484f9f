package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.ImageReader;
import dev.tandem.image.RgbImage;
import dev.tandem.task.Task;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One picture's bits over the link: its class, and a picture that says what it is. */
class RestoredTest {
    private static final Path PACK = Path.of("..", "models", "tiny-squeeze");
    private static final Task.Classify CLASSIFY = new Task.Classify(5);
    private static final String POINT = "half-b4";

    @TempDir
    private static Path dir;
    private static EdgeRig rig;
    private static List<Slice> slices;

    @BeforeAll
    static void start() {
        rig = new EdgeRig(dir, PACK, settings -> settings.withMethods(Set.of()));
        slices = EdgeRig.slices(PACK, POINT);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static EdgeRig.Asked ask(Task task, String head, String point, List<Slice> some) {
        return rig.send(AskRequest.of(task.code(), task.body()).withHead(head).withPoint(point).withSlices(some,
                Need.ANY));
    }

    private static RgbImage read(EdgeRig.Told told) throws IOException {
        assertEquals("image/jpeg", told.answer().picture().type());
        return ImageReader.read("jpeg", 1 << 20, told.answer().picture().file(), "of the test");
    }

    @Test
    void theSameBitsGiveAClassAndAMarkedPicture() throws IOException {
        assertEquals(4, slices.size());
        EdgeRig.Told labels = ask(CLASSIFY, "", POINT, slices).join();
        assertEquals("mean", labels.summary().head());
        assertEquals(5, labels.answer().labels().size());
        EdgeRig.Told person = ask(new Task.Preview(48), "", POINT, slices).join();
        assertEquals("person", person.summary().head());
        assertEquals("48 x 32", read(person).width() + " x " + read(person).height());
        String words = person.answer().text();
        assertTrue(words.startsWith("Synthetic picture") && words.contains(labels.answer().labels().getFirst().name()),
                words);
        assertEquals(words.contains("they differ") ? 1L : 0L, person.summary().counts().get("drift"));
        assertTrue(person.summary().stageNanos().keySet().containsAll(List.of("restore", "drift", "write")));
        String file = new String(person.answer().picture().file(), StandardCharsets.UTF_8);
        assertTrue(file.contains("digitalsourcetype/trainedAlgorithmicMedia") && file.contains(words));
        EdgeRig.Told plain = ask(new Task.Preview(48), "plain", POINT, slices).join();
        assertEquals("", plain.answer().text());
        assertEquals(Set.of("used", "total"), plain.summary().counts().keySet());
    }

    @Test
    void whatTheSmallerRungSentIsReadByItsOwnGraphs() throws IOException {
        List<Slice> quarter = EdgeRig.slices(PACK, "quarter");
        assertEquals(5, ask(CLASSIFY, "", "quarter", quarter).join().answer().labels().size());
        assertEquals(96, read(ask(new Task.Preview(500), "", "quarter", quarter).join()).width());
        assertEquals(ErrorCode.ANSWER_FAILED, ask(CLASSIFY, "", POINT, quarter).failure().code());
    }

    @Test
    void lostBandsAreCountedAndSaid() {
        List<Slice> some = new ArrayList<>(slices);
        byte[] damaged = some.get(1).bytes().clone();
        damaged[damaged.length / 2] ^= 8;
        some.set(1, new Slice(1, 0, damaged));
        EdgeRig.Told told = ask(new Task.Preview(96), "", POINT, some).join();
        assertEquals(3L, told.summary().counts().get("used"));
        assertEquals(4L, told.summary().counts().get("total"));
        assertTrue(told.answer().text().contains("[3] of 4 bands"), told.answer().text());
    }

    @Test
    void aHeadThatItHasNotIsRefusedWithThoseItHas() {
        String words = ask(CLASSIFY, "swin", POINT, slices).failure().getMessage();
        assertTrue(words.contains("no head [swin]") && words.contains("person ([Preview]"), words);
        assertEquals(ErrorCode.UNSUPPORTED_TASK,
                ask(new Task.Question("what?", 0), "", POINT, slices).failure().code());
    }
}
