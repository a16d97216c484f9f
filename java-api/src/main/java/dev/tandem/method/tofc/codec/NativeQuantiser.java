package dev.tandem.method.tofc.codec;

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
 * libtandem's loop over memory of the heap or off it: critical calls, which hold up the collector, of some {@value
 * #BLOCK} values and so of some ten microseconds each. The way back is the plain loop, of which the JVM makes vectors
 * by itself.
 */
final class NativeQuantiser implements Quantiser {
    private static final int BLOCK = 32_768;

    private static final MethodHandle QUANTISE = NativeLibrary.get().link("td_quantise",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_FLOAT, ADDRESS, ADDRESS),
            Linker.Option.critical(true));

    private final Quantiser plain = new ReferenceQuantiser();

    @Override
    public int quantise(MemorySegment values, short[] mean, int meanFractionBits, float step, int[] symbols) {
        check(mean, values.byteSize() / Float.BYTES, symbols);
        return quantise(values, MemorySegment.ofArray(mean), meanFractionBits, step, MemorySegment.ofArray(symbols));
    }

    @Override
    public int quantise(MemorySegment values, int meanFractionBits, float step, TokenBuffers tokens) {
        check(tokens.means, values.byteSize() / Float.BYTES, tokens.symbols);
        return quantise(values, tokens.meansView, meanFractionBits, step, tokens.symbolsView);
    }

    private static int quantise(MemorySegment values, MemorySegment mean, int meanFractionBits, float step,
            MemorySegment symbols) {
        long all = values.byteSize() / Float.BYTES;
        boolean whole = all <= BLOCK;
        for (long at = 0; at < all; at += BLOCK) {
            long count = Math.min(BLOCK, all - at);
            int status = whole
                    ? call(values, mean, count, meanFractionBits, step, symbols)
                    : call(values.asSlice(4 * at, 4 * count), mean.asSlice(2 * at, 2 * count), count, meanFractionBits,
                            step, symbols.asSlice(4 * at, 4 * count));
            int wrong = status == NativeStatus.OUT_OF_RANGE.code() ? Quantiser.firstWrong(values) : -1;
            if (wrong >= 0) {
                return wrong;
            }
            if (status != NativeStatus.OK.code()) {
                NativeStatus.check(status, "quantising [" + count + "] values with step [" + step + "]");
            }
        }
        return -1;
    }

    private static int call(MemorySegment values, MemorySegment mean, long count, int meanFractionBits, float step,
            MemorySegment symbols) {
        try {
            return (int) QUANTISE.invokeExact(values, mean, count, meanFractionBits, step, symbols, MemorySegment.NULL);
        } catch (Throwable t) {
            throw NativeCallException.rethrown("td_quantise", t);
        }
    }

    @Override
    public void dequantise(int[] symbols, short[] mean, int meanFractionBits, float step, float[] values) {
        check(mean, values.length, symbols);
        plain.dequantise(symbols, mean, meanFractionBits, step, values);
    }

    private static void check(short[] mean, long values, int[] symbols) {
        if (values != mean.length || symbols.length != mean.length) {
            throw new IllegalArgumentException("[" + mean.length + "] means, [" + values + "] values and ["
                    + symbols.length + "] symbols: all must be as many");
        }
    }
}
