package dev.tandem.method.bottleneck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.ImageReader;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.latent.LatentMap;
import dev.tandem.method.latent.LatentShape;
import dev.tandem.task.Answer;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a pack's heads make of a latent map. */
class BottleneckHeadsTest extends BottleneckRig {
    /** The same bits, two backbones and a picture for a person. */
    @Test
    void onePictureIsAnsweredByEveryHead() throws IOException {
        Look.Send sent = send(COARSE);
        assertEquals(List.of("prepare", "encode", "coding"), List.copyOf(sent.stageNanos().keySet()));
        assertEquals(Need.ANY, sent.need());
        assertEquals(sent.slices().size(), sent.units());
        LatentMap map = decode(sent.slices(), COARSE, sent.slices().size());
        assertEquals(new LatentShape(48, 8, 12), map.shape());
        assertEquals("coarse", map.rung());
        Answer mean = ask("mean", CLASSIFY, map);
        Answer peak = ask("peak", CLASSIFY, map);
        assertEquals(List.of("ant", "bee", "cat", "dog", "emu"),
                mean.labels().stream().map(label -> label.name()).sorted().toList());
        assertNotEquals(probabilities(mean), probabilities(peak));
        assertEquals(probabilities(mean), probabilities(ask("", CLASSIFY, map)), "the first is the one unasked");
        for (int[] size : new int[][]{{1000, 96, 64}, {96, 96, 64}, {48, 48, 32}, {10, 10, 7}, {1, 1, 1}}) {
            Part.Picture picture = ask("person", new Task.Preview(size[0]), map).picture();
            assertEquals("image/jpeg", picture.type());
            RgbImage read = ImageReader.read("jpeg", 1 << 20, picture.file(), "of the test");
            assertEquals(size[1] + " x " + size[2], read.width() + " x " + read.height());
        }
    }

    @Test
    void aRungHasItsOwnGraph() {
        LatentMap fine = decode(send(FINE).slices(), FINE, send(FINE).slices().size());
        LatentMap other = new LatentMap(fine.values(), fine.shape(), "coarse", fine.here(), fine.total());
        assertNotEquals(probabilities(ask("peak", CLASSIFY, fine)), probabilities(ask("peak", CLASSIFY, other)));
        assertEquals(probabilities(ask("mean", CLASSIFY, fine)), probabilities(ask("mean", CLASSIFY, other)));
    }

    @Test
    void aHeadRefusesAMapThatItsGraphCannotRead() {
        LatentShape other = new LatentShape(47, 8, 12);
        LatentMap map = new LatentMap(new float[other.values()], other, "coarse", new BitSet(), 1);
        for (String head : List.of("mean", "peak")) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> ask(head, CLASSIFY, map)).getMessage()
                    .contains("reads 48 channels"));
        }
        assertThrows(IllegalArgumentException.class, () -> ask("person", new Task.Preview(10), map));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ask("mean", CLASSIFY, null)).getMessage()
                .contains("without a picture"));
    }
}
