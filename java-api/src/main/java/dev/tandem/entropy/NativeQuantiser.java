package dev.tandem.entropy;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tandem.foreign.NativeCallException;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.foreign.NativeStatus;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * libtandem's loops over arrays of the heap: critical calls, which hold up the collector, of some {@value #BLOCK} values and so of a few microseconds each.
 */
final class NativeQuantiser implements Quantiser {
    private static final int BLOCK = 8192;

    private static final MethodHandle QUANTISE = NativeLibrary.get().link("td_quantise",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_FLOAT, ADDRESS, ADDRESS),
            Linker.Option.critical(true));
    private static final MethodHandle DEQUANTISE = NativeLibrary.get().link("td_dequantise",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_FLOAT, ADDRESS),
            Linker.Option.critical(true));

    @Override
    public int quantise(float[] values, short[] mean, int meanFractionBits, float step, int[] symbols) {
        check(mean, values, symbols);
        for (int from = 0; from < mean.length; from += BLOCK) {
            int count = Math.min(BLOCK, mean.length - from);
            int status;
            try {
                status = (int) QUANTISE.invokeExact(MemorySegment.ofArray(values).asSlice(4L * from, 4L * count),
                        MemorySegment.ofArray(mean).asSlice(2L * from, 2L * count), (long) count, meanFractionBits,
                        step, MemorySegment.ofArray(symbols).asSlice(4L * from, 4L * count), MemorySegment.NULL);
            } catch (Throwable t) {
                throw NativeCallException.rethrown("td_quantise", t);
            }
            int wrong = status == NativeStatus.OUT_OF_RANGE.code() ? Quantiser.firstWrong(values) : -1;
            if (wrong >= 0) {
                return wrong;
            }
            NativeStatus.check(status, "quantising [" + count + "] values with step [" + step + "]");
        }
        return -1;
    }

    @Override
    public void dequantise(int[] symbols, short[] mean, int meanFractionBits, float step, float[] values) {
        check(mean, values, symbols);
        for (int from = 0; from < mean.length; from += BLOCK) {
            int count = Math.min(BLOCK, mean.length - from);
            int status;
            try {
                status = (int) DEQUANTISE.invokeExact(MemorySegment.ofArray(symbols).asSlice(4L * from, 4L * count),
                        MemorySegment.ofArray(mean).asSlice(2L * from, 2L * count), (long) count, meanFractionBits,
                        step, MemorySegment.ofArray(values).asSlice(4L * from, 4L * count));
            } catch (Throwable t) {
                throw NativeCallException.rethrown("td_dequantise", t);
            }
            NativeStatus.check(status, "dequantising [" + count + "] symbols with step [" + step + "]");
        }
    }

    private static void check(short[] mean, float[] values, int[] symbols) {
        if (values.length != mean.length || symbols.length != mean.length) {
            throw new IllegalArgumentException("[" + mean.length + "] means, [" + values.length + "] values and ["
                    + symbols.length + "] symbols: all must be as many");
        }
    }
}
