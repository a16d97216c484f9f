package dev.tandem.hil.eval.bench;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.method.tofc.CodecExample;
import dev.tandem.method.tofc.codec.SliceCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** The codec's work on one picture of a pack's golden vectors, with one implementation of everything. */
final class CodecWork {
    /** Pictures that an edge reads at once. */
    private static final int PICTURES = 16;

    /** What is measured, and how much of it a call does. */
    record Kind(String words, String unit, ToDoubleFunction<CodecWork> amount) {
        double units(CodecWork work) {
            return amount.applyAsDouble(work);
        }
    }

    static final Map<Kind, Consumer<CodecWork>> ALL = new LinkedHashMap<>();

    static {
        ALL.put(new Kind("code a picture (device)", "pictures", w -> 1), CodecWork::code);
        ALL.put(new Kind("read a picture (edge)", "pictures", w -> 1), w -> w.codec.decodeAll(w.slices));
        ALL.put(new Kind("read " + PICTURES + " pictures at once (edge)", "pictures", w -> PICTURES),
                w -> w.codec.decodeAll(w.many));
        ALL.put(new Kind("choose the probabilities (hyper-synthesis)", "tokens", w -> w.example.latents().count()),
                CodecWork::scales);
    }

    private final CodecExample example;
    private final SliceCodec codec;
    private final List<byte[]> slices;
    private final List<byte[]> many = new ArrayList<>();
    private final short[] mean;
    private final char[] rows;

    CodecWork(CodecExample example, SliceCodec codec) {
        this.example = example;
        this.codec = codec;
        slices = code();
        for (int p = 0; p < PICTURES; p++) {
            many.addAll(slices);
        }
        mean = new short[example.latents().count() * example.latents().width()];
        rows = new char[mean.length];
    }

    private List<byte[]> code() {
        return codec.encode(example.latents(), example.step(), example.limits());
    }

    private void scales() {
        codec.hyper().scales(example.latents().experts(), example.latents().z(), example.step().scaleShift(), 0, mean,
                rows);
    }

    /** Ends the command if the two are not equal to the bit. */
    void requireTheSameAs(CodecWork other) {
        scales();
        other.scales();
        boolean same = Arrays.deepEquals(slices.toArray(), other.slices.toArray())
                && Arrays.deepEquals(values(), other.values()) && Arrays.equals(mean, other.mean)
                && Arrays.equals(rows, other.rows);
        if (!same) {
            throw new CommandFailedException(ExitCodes.SOFTWARE,
                    "measuring the codec: native code and plain Java differ; please report it with what 'tandem doctor' says, and set TANDEM_TIER=scalar meanwhile");
        }
    }

    private float[][] values() {
        return codec.decodeAll(slices).stream().map(outcome -> outcome.orElseThrow().values()).toArray(float[][]::new);
    }

    @Override
    public String toString() {
        int bytes = slices.stream().mapToInt(slice -> slice.length).sum();
        return String.format(Locale.ROOT,
                "%d tokens of %d values a picture, %d bytes (slices: %d), operating point %s.",
                example.latents().count(),
                example.latents().width(), bytes, slices.size(), example.point());
    }
}
