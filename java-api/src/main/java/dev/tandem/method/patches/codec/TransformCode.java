package dev.tandem.method.patches.codec;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.entropy.IdealLength;
import dev.tandem.entropy.RansCoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Patches by a pack's learned transform at one point's step (docs/bitstream.md, section 12.4). */
public final class TransformCode implements PatchCode {
    private static final String WHAT = "patches";

    private final Transform transform;
    private final TransformModel model;
    private final double step;
    /** What a grey level squared is worth in bits at this step, by the theory of high rates. */
    private final double bitsOfError;
    /** [classes][coefficients]. */
    private final char[][] rows;

    /**
     * @param transform  stays the caller's, open as long as this is used
     * @param step       of this point, grey levels
     * @param scaleShift of this point
     */
    public TransformCode(Transform transform, double step, int scaleShift) {
        this.transform = transform;
        this.step = step;
        bitsOfError = 6 / (step * step * Math.log(2));
        model = transform.model();
        rows = IntStream.range(0, model.classes()).mapToObj(kind -> model.rows(kind, scaleShift))
                .toArray(char[][]::new);
    }

    /** A patch as the coder sees it. */
    private record Quantised(int kind, int[] symbols) {}

    @Override
    public Payloads coded(byte[][] patches) {
        Quantised[] quantised = Arrays.stream(patches).map(this::best).toArray(Quantised[]::new);
        return which -> write(Arrays.stream(which).mapToObj(i -> quantised[i]).toArray(Quantised[]::new));
    }

    /** By the class of the least bits and error, the lowest on ties. */
    private Quantised best(byte[] patch) {
        Quantised best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int kind = 0; kind < model.classes(); kind++) {
            double[] values = transform.basis(kind).forward(patch);
            int[] symbols = new int[values.length];
            double bits = IdealLength.bits(model.tables(), TransformModel.CLASS_ROW, kind);
            double error = transform.basis(kind).energy(patch);
            for (int k = 0; k < symbols.length; k++) {
                symbols[k] = (int) Math.clamp(Math.rint(values[k] / step), Short.MIN_VALUE, Short.MAX_VALUE);
                bits += IdealLength.bits(model.tables(), rows[kind][k], symbols[k]);
                double off = values[k] - symbols[k] * step;
                error += off * off - values[k] * values[k];
            }
            double cost = bits + error * bitsOfError;
            if (cost < least) {
                least = cost;
                best = new Quantised(kind, symbols);
            }
        }
        return best;
    }

    private byte[] write(Quantised[] patches) {
        try (RansCoder.Writer writer = transform.coder().writer()) {
            int[] kinds = Arrays.stream(patches).mapToInt(Quantised::kind).toArray();
            writer.put(new char[kinds.length], 0, kinds, 0, kinds.length);
            for (Quantised patch : patches) {
                writer.put(rows[patch.kind], 0, patch.symbols, 0, patch.symbols.length);
            }
            return writer.finish();
        }
    }

    @Override
    public byte[][] decode(ByteBuffer payload, int count) {
        byte[] stream = new byte[payload.remaining()];
        payload.slice().get(stream);
        int[] kinds = new int[count];
        int[] symbols = new int[count * model.coefficients()];
        try (RansCoder.Reader reader = transform.coder().reader()) {
            reader.start(1);
            reader.open(0, stream, 0, stream.length);
            get(reader, new char[count], kinds);
            for (int kind : kinds) {
                require(kind >= 0 && kind < model.classes(), "a class below " + model.classes(), kind);
            }
            get(reader, rows(kinds), symbols);
            reader.finish();
            failed(reader);
        }
        for (int symbol : symbols) {
            require(symbol >= Short.MIN_VALUE && symbol <= Short.MAX_VALUE, "a symbol of 16 bits", symbol);
        }
        byte[][] patches = new byte[count][];
        for (int i = 0; i < count; i++) {
            patches[i] = transform.basis(kinds[i]).inverse(symbols, i * model.coefficients(), step);
        }
        return patches;
    }

    private char[] rows(int[] kinds) {
        char[] all = new char[kinds.length * model.coefficients()];
        for (int i = 0; i < kinds.length; i++) {
            System.arraycopy(rows[kinds[i]], 0, all, i * model.coefficients(), model.coefficients());
        }
        return all;
    }

    private static void get(RansCoder.Reader reader, char[] rows, int[] values) {
        reader.get(new int[]{values.length}, new char[][]{rows}, new int[][]{values});
        failed(reader);
    }

    private static void failed(RansCoder.Reader reader) {
        if (reader.failure(0) != null) {
            throw reader.failure(0);
        }
    }

    private static void require(boolean holds, String expected, int found) {
        if (!holds) {
            throw new CorruptBitstreamException(WHAT, 0, expected, String.valueOf(found));
        }
    }
}
