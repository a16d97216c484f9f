package dev.tandem.method.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.Engine;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.image.ImageReader;
import dev.tandem.image.ImageWriter;
import dev.tandem.image.Resize;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceMethod;
import dev.tandem.method.EncodedPicture;
import dev.tandem.method.Methods;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.TinyPack;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.pack.OperatingPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageMethodTest {
    @Test
    void answersForThePictureThatArrived() throws IOException {
        RgbImage picture = TinyPack.picture(31);
        try (Engine engine = TinyPack.engine();
                DeviceMethod device = Methods.device("image", TinyPack.pack(), null);
                ImageEdge edge = new ImageEdge(TinyPack.pack(), engine)) {
            for (String format : List.of("jpeg", "webp")) {
                OperatingPoint op = OperatingPoint.image(format, 30, 16);
                EncodedPicture sent = device.encode(picture, op);
                byte[] file = ImageWriter.write(Resize.bilinear(picture, 224, 224), format, 30);
                assertEquals(file.length + 9 * sent.slices().size(), sent.bytes());
                TokenSet got = edge.decode(sent.slices(), op);
                assertEquals(16, got.count());
                TokenSet direct = edge.encode(ImageReader.read(file, format), op);
                assertArrayEquals(direct.values(), got.values());
                assertEquals(256, edge.decode(sent.slices(), OperatingPoint.image(format, 30, 0)).count());
                assertThrows(IllegalArgumentException.class,
                        () -> edge.decode(sent.slices(), OperatingPoint.image(format, 30, 300)));
            }
            List<byte[]> text = ImageSlices.write("no picture".getBytes(), SliceLimits.defaults());
            assertThrows(CorruptBitstreamException.class,
                    () -> edge.decode(text, OperatingPoint.image("jpeg", 30, 16)));
        }
    }

    @Test
    void cutsAndJoinsAFile() {
        byte[] file = new byte[5000];
        new Random(2).nextBytes(file);
        for (int least : new int[]{1, 3, 7}) {
            List<byte[]> slices = new ArrayList<>(ImageSlices.write(file, new SliceLimits(1100, least)));
            assertTrue(slices.size() >= Math.max(5, least));
            assertTrue(slices.stream().allMatch(s -> s.length <= 1100));
            Collections.reverse(slices);
            slices.add(slices.get(1));
            assertArrayEquals(file, ImageSlices.read(slices));
        }
    }

    @Test
    void needsEverySliceWholeAndOfOnePicture() {
        List<byte[]> slices = ImageSlices.write(new byte[3000], new SliceLimits(1100, 1));
        CorruptBitstreamException lost = assertThrows(CorruptBitstreamException.class,
                () -> ImageSlices.read(slices.subList(1, 3)));
        assertTrue(lost.getMessage().contains("1 missing"), lost.getMessage());
        byte[] damaged = slices.get(0).clone();
        damaged[9] ^= 1;
        assertThrows(CorruptBitstreamException.class, () -> ImageSlices.read(List.of(damaged)));
        List<byte[]> mixed = new ArrayList<>(slices);
        mixed.addAll(ImageSlices.write(new byte[9000], new SliceLimits(1100, 1)));
        assertThrows(CorruptBitstreamException.class, () -> ImageSlices.read(mixed));
        assertThrows(CorruptBitstreamException.class, () -> ImageSlices.read(List.of()));
    }
}
