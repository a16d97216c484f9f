package dev.tandem.method.bottleneck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.image.RgbImage;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.Point;
import dev.tandem.method.Slice;
import dev.tandem.method.latent.LatentMap;
import dev.tandem.method.latent.TinyLadder;
import dev.tandem.task.Answer;
import dev.tandem.task.Task;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Both halves of the tiny pack on one engine, and its heads. */
abstract class BottleneckRig {
    static final Task CLASSIFY = new Task.Classify(5);
    static final RgbImage PICTURE = TinyLadder.picture(3);
    static final Point COARSE = TinyBottleneck.METHODS.point("coarse");
    static final Point FINE = TinyBottleneck.METHODS.point("fine");
    static TinyLadder ladder;
    static Host host;

    @BeforeAll
    static void open() {
        ladder = new TinyLadder(TinyBottleneck.PACK);
        host = ladder.host();
    }

    @AfterAll
    static void close() {
        if (ladder != null) {
            ladder.close();
        }
    }

    static Look.Send send(Point point) {
        return ladder.send(PICTURE, point);
    }

    static LatentMap decode(List<Slice> slices, Point point, int announced) {
        return ladder.decode(slices, point, announced);
    }

    static Answer ask(String head, Task task, LatentMap map) {
        TinyLadder.Answered answered = ladder.ask(head, task, map);
        assertEquals(1, answered.stages().size());
        return answered.answer();
    }

    static List<Float> probabilities(Answer answer) {
        return answer.labels().stream().map(label -> label.probability()).toList();
    }
}
