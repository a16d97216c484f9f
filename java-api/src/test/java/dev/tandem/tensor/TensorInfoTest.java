package dev.tandem.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TensorInfoTest {
    @Test
    void aTensorInfoComparesByValueAndCannotBeChangedFromOutside() {
        long[] shape = {1, -1};
        TensorInfo info = new TensorInfo("x", DType.INT64, shape);
        shape[0] = 7;
        info.shape()[0] = 7;
        assertEquals(new TensorInfo("x", DType.INT64, new long[]{1, -1}), info);
        assertEquals(new TensorInfo("x", DType.INT64, new long[]{1, -1}).hashCode(), info.hashCode());
        assertEquals("x INT64[1, -1]", info.toString());
    }

    private static TensorInfo info(long... shape) {
        return new TensorInfo("x", DType.FLOAT32, shape);
    }

    @Test
    void whatIsDeclaredFitsWhatIsFoundWhereBothFixADimension() {
        assertTrue(info(1, -1, 64).fits(info(1, -1, 64)));
        assertTrue(info(1, -1, 64).fits(info(1, 256, 64)));
        assertTrue(info(1, 256, 64).fits(info(-1, -1, -1)));
        assertTrue(info().fits(info()));
        assertFalse(info(1, 256, 64).fits(info(1, 255, 64)));
        assertFalse(info(1, 256, 64).fits(info(2, 256, 64)));
        assertFalse(info(1, 64).fits(info(1, 64, 1)));
        assertFalse(info(1).fits(new TensorInfo("y", DType.FLOAT32, new long[]{1})));
        assertFalse(info(1).fits(new TensorInfo("x", DType.FLOAT16, new long[]{1})));
    }
}
