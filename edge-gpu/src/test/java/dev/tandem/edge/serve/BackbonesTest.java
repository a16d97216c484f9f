package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import dev.tandem.task.Label;
import dev.tandem.task.Task;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.PeerException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One picture's latent over the link, read by whichever backbone a request names. */
class BackbonesTest {
    private static final Path PACK = Path.of("..", "models", "tiny-bottleneck");
    private static final Task.Classify CLASSIFY = new Task.Classify(5);
    private static final String POINT = "coarse-b4";

    @TempDir
    private static Path dir;
    private static EdgeRig rig;
    private static List<Slice> slices;

    @BeforeAll
    static void start() {
        rig = new EdgeRig(dir, PACK, settings -> settings.withMethods(Set.of()));
        byte[] rgb = new byte[120 * 90 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 5 + i / 360 * 17);
        }
        PackMethods methods = PackMethods.of(Pack.open(PACK));
        try (Engine engine = Engines.select(Engines.AUTO).create(EngineSettings.defaults().withThreads(1));
                DeviceHalf half = methods.section("bottleneck").device(Host.of(engine))) {
            Look.Send look = (Look.Send) half.look(new RgbImage(120, 90, rgb), methods.point(POINT), CLASSIFY);
            slices = look.slices().stream().map(slice -> new Slice(slice.index(), slice.tile(), slice.bytes()))
                    .toList();
        }
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static EdgeRig.Asked ask(Task task, String head, List<Slice> some) {
        return rig.send(AskRequest.of(task.code(), task.body()).withHead(head).withPoint(POINT).withSlices(some,
                Need.ANY));
    }

    private static List<Float> probabilities(EdgeRig.Told told) {
        return told.answer().labels().stream().map(Label::probability).toList();
    }

    @Test
    void theRequestNamesTheBackboneAndThePersonSeesThePicture() {
        assertEquals(4, slices.size());
        EdgeRig.Told mean = ask(CLASSIFY, "mean", slices).join();
        EdgeRig.Told peak = ask(CLASSIFY, "peak", slices).join();
        EdgeRig.Told any = ask(CLASSIFY, "", slices).join();
        assertEquals(List.of("mean", "peak", "mean"),
                List.of(mean.summary().head(), peak.summary().head(), any.summary().head()));
        assertEquals(5, mean.answer().labels().size());
        assertNotEquals(probabilities(mean), probabilities(peak));
        assertEquals(probabilities(mean), probabilities(any));
        assertEquals(4L, mean.summary().counts().get("used"));
        assertEquals(4L, mean.summary().counts().get("total"));
        EdgeRig.Told person = ask(new Task.Preview(40), "", slices).join();
        assertEquals("person", person.summary().head());
        assertEquals("image/jpeg", person.answer().picture().type());
        byte[] file = person.answer().picture().file();
        assertArrayEquals(new byte[]{(byte) 0xff, (byte) 0xd8}, new byte[]{file[0], file[1]});
    }

    @Test
    void aBackboneThatItHasNotIsRefusedWithThoseItHas() {
        PeerException refused = ask(CLASSIFY, "swin", slices).failure();
        assertEquals(ErrorCode.UNSUPPORTED_TASK, refused.code());
        for (String words : List.of("no head [swin]", "tiny-bottleneck", "LatentMap", "mean ([Classify]",
                "peak ([Classify]", "person ([Preview]")) {
            assertTrue(refused.getMessage().contains(words), refused.getMessage());
        }
        assertEquals(ErrorCode.UNSUPPORTED_TASK, ask(CLASSIFY, "person", slices).failure().code());
        assertEquals(ErrorCode.UNSUPPORTED_TASK, ask(new Task.Question("what?", 0), "", slices).failure().code());
    }

    /** Slices that were damaged under a right frame are dropped, and the answer says how many bands it had. */
    @Test
    void bandsThatAreNoneAreDroppedAndCounted() {
        List<Slice> some = new ArrayList<>(slices);
        byte[] damaged = some.get(2).bytes().clone();
        damaged[9] ^= 4;
        some.set(2, new Slice(2, 0, damaged));
        some.set(3, new Slice(3, 0, some.get(0).bytes()));
        EdgeRig.Told told = ask(CLASSIFY, "mean", some).join();
        assertEquals(2L, told.summary().counts().get("used"));
        assertEquals(4L, told.summary().counts().get("total"));
        List<Slice> none = some.stream().map(slice -> new Slice(slice.index(), 0, new byte[30])).toList();
        assertEquals(ErrorCode.ANSWER_FAILED, ask(CLASSIFY, "mean", none).failure().code());
    }
}
