package dev.tandem.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TensorTest {
    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void isAllocatedZeroedAndAligned() {
        Tensor tensor = Tensor.allocate(arena, DType.FLOAT32, 2, 3, 5);
        assertEquals(30, tensor.elements());
        assertEquals(120, tensor.byteSize());
        assertEquals(0, tensor.data().address() % Tensor.ALIGNMENT);
        assertArrayEquals(new float[30], tensor.toFloats());
        assertEquals("FLOAT32[2, 3, 5]", tensor.toString());
        assertEquals(MemoryKind.HOST, tensor.kind());
    }

    @Test
    void aScalarHasOneElementAndAnEmptyShapeNone() {
        assertEquals(1, Tensor.allocate(arena, DType.INT64).elements());
        assertEquals(0, Tensor.allocate(arena, DType.INT64, 4, 0, 7).byteSize());
        assertEquals(0, Tensor.allocate(arena, DType.INT8, Long.MAX_VALUE, Long.MAX_VALUE, 0).elements());
    }

    @Test
    void shapesThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Tensor.allocate(arena, DType.INT8, 2, -1));
        assertThrows(IllegalArgumentException.class, () -> Tensor.allocate(arena, DType.INT8, 1L << 40, 1L << 40));
        assertThrows(IllegalArgumentException.class, () -> Tensor.allocate(arena, DType.INT64, 1L << 61));
    }

    @Test
    void wrapsOnlyMemoryThatFits() {
        MemorySegment memory = arena.allocate(17, 8);
        assertEquals(16, Tensor.wrap(memory, DType.FLOAT32, 4).byteSize());
        assertThrows(IllegalArgumentException.class, () -> Tensor.wrap(memory, DType.FLOAT32, 5));
        assertThrows(IllegalArgumentException.class, () -> Tensor.wrap(memory.asSlice(1), DType.FLOAT32, 4));
        assertThrows(IllegalArgumentException.class,
                () -> Tensor.wrap(MemorySegment.ofArray(new float[4]), DType.FLOAT32, 4));
    }

    @Test
    void viewsShareTheBytes() {
        Tensor tensor = Tensor.allocate(arena, DType.FLOAT32, 2, 3);
        tensor.setFloats(new float[]{1, 2, 3, 4, 5, 6});
        assertArrayEquals(new long[]{3, 2}, tensor.reshape(3, 2).shape());
        assertArrayEquals(new float[]{1, 2, 3, 4}, tensor.prefix(1, 4).toFloats());
        tensor.prefix(1).setFloats(new float[]{9});
        assertEquals(9, tensor.toFloats()[0]);
        assertThrows(IllegalArgumentException.class, () -> tensor.reshape(5));
        assertThrows(IllegalArgumentException.class, () -> tensor.prefix(7));
    }

    @Test
    void floatsAreRoundedToHalfAndReadBackExactly() {
        Tensor half = Tensor.allocate(arena, DType.FLOAT16, 3);
        half.setFloats(new float[]{1.5f, -65504f, 1f / 3});
        float[] back = half.toFloats();
        assertEquals(1.5f, back[0]);
        assertEquals(-65504f, back[1]);
        assertEquals(1f / 3, back[2], 1e-4f);
    }

    @Test
    void integersKeepTheirValueOrAreRefused() {
        long[][] limits = {{Long.MIN_VALUE, Long.MAX_VALUE}, {Integer.MIN_VALUE, Integer.MAX_VALUE}, {-128, 127},
                {0, 255}, {0, 1}};
        DType[] dtypes = {DType.INT64, DType.INT32, DType.INT8, DType.UINT8, DType.BOOL};
        for (int i = 0; i < dtypes.length; i++) {
            Tensor tensor = Tensor.allocate(arena, dtypes[i], 2);
            tensor.setLongs(limits[i]);
            assertArrayEquals(limits[i], tensor.toLongs(), dtypes[i].name());
            long above = limits[i][1] + 1;
            if (dtypes[i] != DType.INT64) {
                assertThrows(IllegalArgumentException.class, () -> tensor.setLongs(above, 0));
            }
        }
    }

    @Test
    void typesAndCountsMustMatch() {
        Tensor floats = Tensor.allocate(arena, DType.FLOAT32, 2);
        Tensor longs = Tensor.allocate(arena, DType.INT64, 2);
        assertThrows(IllegalArgumentException.class, floats::toLongs);
        assertThrows(IllegalArgumentException.class, longs::toFloats);
        assertThrows(IllegalArgumentException.class, () -> floats.setFloats(new float[3]));
        assertThrows(IllegalArgumentException.class, () -> longs.setLongs(1));
        assertThrows(IllegalArgumentException.class, () -> longs.setFloats(new float[2]));
        assertThrows(IllegalArgumentException.class, () -> floats.setLongs(1, 2));
    }

    @Test
    void deviceMemoryIsNotTouchedByTheCpu() {
        Tensor tensor = Tensor.wrap(arena.allocate(8), MemoryKind.DEVICE, DType.FLOAT32, 2);
        Exception e = assertThrows(IllegalStateException.class, tensor::toFloats);
        assertTrue(e.getMessage().contains("DEVICE"), e.getMessage());
        assertThrows(IllegalStateException.class, () -> tensor.setFloats(new float[2]));
    }
}
