package dev.tandem.method.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.Engine;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.image.ImageReader;
import dev.tandem.image.ImageWriter;
import dev.tandem.image.Resize;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Decoding;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.method.Slice;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.TinyPack;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageMethodTest {
    private static final PackMethods METHODS = PackMethods.of(TinyPack.pack());

    private static TokenSet decode(EdgeHalf edge, List<Slice> slices, int announced, Point point) {
        Decoding decoding = edge.begin(point, announced, 1);
        slices.forEach(slice -> decoding.add(List.of(slice)));
        return (TokenSet) decoding.evidence();
    }

    private static List<Slice> numbered(List<byte[]> slices) {
        return Look.Send.of(slices, Need.ALL, 0, Map.of()).slices();
    }

    @Test
    void answersForThePictureThatArrived() throws IOException {
        RgbImage picture = TinyPack.picture(31);
        try (Engine engine = TinyPack.engine();
                DeviceHalf device = METHODS.section("image").device(Host.of(engine));
                ImageEdge edge = (ImageEdge) METHODS.section("image").edge(Host.of(engine))) {
            for (String format : List.of("jpeg", "webp")) {
                Point c16 = METHODS.point(format + "-q30-c16");
                Look.Send sent = (Look.Send) device.look(picture, c16, new Task.Classify(1));
                assertEquals(Need.ALL, sent.need());
                byte[] file = ImageWriter.write(Resize.bilinear(picture, 224, 224), format, 30);
                assertEquals(file.length + 5 * sent.slices().size(), sent.bytes());
                TokenSet got = decode(edge, sent.slices(), sent.slices().size(), c16);
                assertEquals(16, got.count());
                TokenSet direct = edge.encode(ImageReader.read(file, format), c16.knobs(ImageKnobs.class));
                assertArrayEquals(direct.values(), got.values());
                assertEquals(256, decode(edge, sent.slices(), sent.slices().size(), METHODS.point(format + "-q30"))
                        .count());
                assertThrows(IllegalArgumentException.class,
                        () -> edge.begin(METHODS.point(format + "-q30-c300"), 1, 1));
            }
            Point jpeg = METHODS.point("jpeg-q30-c16");
            byte[] large = ImageWriter.write(Resize.bilinear(picture, 500, 500), "jpeg", 30);
            byte[] other = ImageWriter.write(Resize.bilinear(picture, 100, 100), "webp", 30);
            for (byte[] file : List.of(large, other, new byte[700_000])) {
                List<Slice> sent = numbered(ImageSlices.write(file, SliceLimits.defaults()));
                Decoding refused = edge.begin(jpeg, sent.size(), 1);
                refused.add(sent);
                CorruptBitstreamException first = assertThrows(CorruptBitstreamException.class, refused::evidence);
                refused.add(sent);
                assertSame(first, assertThrows(CorruptBitstreamException.class, refused::evidence));
            }
            List<Slice> text = numbered(ImageSlices.write("no picture".getBytes(), SliceLimits.defaults()));
            assertThrows(CorruptBitstreamException.class,
                    () -> decode(edge, text, 1, METHODS.point("jpeg-q30-c16")));
        }
    }

    @Test
    void cutsAndJoinsAFile() {
        byte[] file = new byte[5000];
        new Random(2).nextBytes(file);
        for (int least : new int[]{1, 3, 7}) {
            List<Slice> slices = new ArrayList<>(numbered(ImageSlices.write(file, new SliceLimits(1100, least))));
            assertTrue(slices.size() >= Math.max(5, least));
            assertTrue(slices.stream().allMatch(s -> s.bytes().length <= 1100));
            ImageSlices joined = new ImageSlices(slices.size());
            Collections.reverse(slices);
            slices.add(slices.get(1));
            slices.forEach(joined::take);
            assertTrue(joined.complete());
            assertArrayEquals(file, joined.file());
        }
    }

    @Test
    void needsEverySliceWhole() {
        List<Slice> slices = numbered(ImageSlices.write(new byte[3000], new SliceLimits(1100, 1)));
        ImageSlices two = new ImageSlices(3);
        slices.subList(1, 3).forEach(two::take);
        assertFalse(two.complete());
        assertEquals(1, two.missing());
        byte[] damaged = slices.get(0).bytes().clone();
        damaged[9] ^= 1;
        assertThrows(CorruptBitstreamException.class, () -> two.take(new Slice(0, 0, damaged)));
        assertThrows(CorruptBitstreamException.class, () -> two.take(new Slice(3, 0, slices.get(0).bytes())));
        assertThrows(CorruptBitstreamException.class, () -> two.take(new Slice(0, 1, slices.get(0).bytes())));
        assertEquals(1, two.missing());
    }
}
