package dev.tandem.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Copies between a tensor's memory and Java arrays, with the checks that make a wrong type or count an exception. */
final class TensorCopy {
    private TensorCopy() {
    }

    static float[] floats(Tensor tensor) {
        MemorySegment data = readable(tensor, "read floats from");
        float[] values = new float[arrayLength(tensor)];
        switch (tensor.dtype()) {
            case FLOAT32 -> MemorySegment.copy(data, ValueLayout.JAVA_FLOAT, 0, values, 0, values.length);
            case FLOAT16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.float16ToFloat(data.getAtIndex(ValueLayout.JAVA_SHORT, i));
                }
            }
            default -> throw wrongType(tensor, "read floats from", "FLOAT32 or FLOAT16");
        }
        return values;
    }

    static void setFloats(Tensor tensor, float[] values) {
        MemorySegment data = readable(tensor, "write floats to");
        checkCount(tensor, values.length);
        switch (tensor.dtype()) {
            case FLOAT32 -> MemorySegment.copy(values, 0, data, ValueLayout.JAVA_FLOAT, 0, values.length);
            case FLOAT16 -> {
                for (int i = 0; i < values.length; i++) {
                    data.setAtIndex(ValueLayout.JAVA_SHORT, i, Float.floatToFloat16(values[i]));
                }
            }
            default -> throw wrongType(tensor, "write floats to", "FLOAT32 or FLOAT16");
        }
    }

    static long[] longs(Tensor tensor) {
        MemorySegment data = readable(tensor, "read integers from");
        long[] values = new long[arrayLength(tensor)];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (tensor.dtype()) {
                case INT64 -> data.getAtIndex(ValueLayout.JAVA_LONG, i);
                case INT32 -> data.getAtIndex(ValueLayout.JAVA_INT, i);
                case INT8 -> data.get(ValueLayout.JAVA_BYTE, i);
                case UINT8, BOOL -> data.get(ValueLayout.JAVA_BYTE, i) & 0xff;
                case FLOAT32, FLOAT16 -> throw wrongType(tensor, "read integers from", "an integer type");
            };
        }
        return values;
    }

    static void setLongs(Tensor tensor, long[] values) {
        MemorySegment data = readable(tensor, "write integers to");
        checkCount(tensor, values.length);
        for (int i = 0; i < values.length; i++) {
            long value = values[i];
            switch (tensor.dtype()) {
                case INT64 -> data.setAtIndex(ValueLayout.JAVA_LONG, i, value);
                case INT32 ->
                    data.setAtIndex(ValueLayout.JAVA_INT, i, (int) fits(tensor, value, Integer.MIN_VALUE,
                            Integer.MAX_VALUE));
                case INT8 -> data.set(ValueLayout.JAVA_BYTE, i, (byte) fits(tensor, value, -128, 127));
                case UINT8 -> data.set(ValueLayout.JAVA_BYTE, i, (byte) fits(tensor, value, 0, 255));
                case BOOL -> data.set(ValueLayout.JAVA_BYTE, i, (byte) fits(tensor, value, 0, 1));
                case FLOAT32, FLOAT16 -> throw wrongType(tensor, "write integers to", "an integer type");
            }
        }
    }

    private static long fits(Tensor tensor, long value, long low, long high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException("cannot write [" + value + "] to " + tensor + ": it must lie in [" + low
                    + ", " + high + "]");
        }
        return value;
    }

    private static MemorySegment readable(Tensor tensor, String attempt) {
        if (!tensor.kind().hostReadable()) {
            throw new IllegalStateException("cannot " + attempt + " " + tensor + " of kind [" + tensor.kind()
                    + "] on the CPU: copy it to host memory first");
        }
        return tensor.data();
    }

    private static int arrayLength(Tensor tensor) {
        if (tensor.elements() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "cannot copy " + tensor + " to a Java array: it has [" + tensor.elements() + "] elements");
        }
        return (int) tensor.elements();
    }

    private static void checkCount(Tensor tensor, int count) {
        if (count != tensor.elements()) {
            throw new IllegalArgumentException("cannot fill " + tensor + " with [" + count + "] values: it needs ["
                    + tensor.elements() + "]");
        }
    }

    private static IllegalArgumentException wrongType(Tensor tensor, String attempt, String wanted) {
        return new IllegalArgumentException("cannot " + attempt + " " + tensor + ": needed " + wanted);
    }
}
