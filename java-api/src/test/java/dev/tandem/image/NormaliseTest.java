package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormaliseTest {
    private static final List<Float> MEAN = List.of(0.485f, 0.456f, 0.406f);
    private static final List<Float> DEVIATION = List.of(0.229f, 0.224f, 0.225f);

    @Test
    void writesPlanesInFloat32() {
        RgbImage image = Fixture.shades(5, 4, 6);
        try (Arena arena = Arena.ofConfined()) {
            Tensor tensor = Tensor.allocate(arena, DType.FLOAT32, 1, 3, 4, 5);
            Normalise.nchw(image, MEAN, DEVIATION, tensor);
            float[] values = tensor.toFloats();
            for (int c = 0; c < 3; c++) {
                for (int i = 0; i < 20; i++) {
                    double expected = ((image.rgb()[i * 3 + c] & 0xff) / 255.0 - MEAN.get(c)) / DEVIATION.get(c);
                    assertEquals(expected, values[c * 20 + i], 1e-6);
                }
            }
        }
    }

    @Test
    void refusesATensorOfAnotherShape() {
        try (Arena arena = Arena.ofConfined()) {
            Tensor turned = Tensor.allocate(arena, DType.FLOAT32, 1, 3, 5, 4);
            RgbImage image = RgbImage.black(5, 4);
            assertThrows(IllegalArgumentException.class, () -> Normalise.nchw(image, MEAN, DEVIATION, turned));
        }
    }
}
