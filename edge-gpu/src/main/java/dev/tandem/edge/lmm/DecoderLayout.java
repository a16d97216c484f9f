package dev.tandem.edge.lmm;

import dev.tandem.tensor.DType;
import dev.tandem.tensor.TensorInfo;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a decoder graph looks like, read from the names and shapes of its inputs and outputs: {@code inputs_embeds}
 * [1,n,hidden], {@code attention_mask} [1,past+n] and {@code position_ids} [1,n] where it has them,
 * {@code past_key_values.L.key|value} and {@code present.L.key|value} [1,heads,length,width], {@code logits}
 * [1,1,vocabulary] (last position) or [1,n,vocabulary].
 *
 * @param past
 *            names of the past inputs: key of layer 0, value of layer 0, key of layer 1, ...
 * @param present
 *            names of the present outputs in the same order
 * @param lastOnly
 *            whether logits come for the last position only
 */
record DecoderLayout(List<String> past, List<String> present, DType cacheType, int heads, int headWidth,
        DType embedsType, int hidden, DType logitsType, int vocabulary, boolean lastOnly, boolean mask,
        boolean positions) {
    private static final Pattern PAST = Pattern.compile("past_key_values\\.(\\d{1,4})\\.(key|value)");
    private static final List<String> PLAIN = List.of("inputs_embeds", "attention_mask", "position_ids");

    /** Reads the layout. */
    static DecoderLayout of(List<TensorInfo> inputs, List<TensorInfo> outputs) {
        String[] past = new String[(int) inputs.stream().filter(i -> PAST.matcher(i.name()).matches()).count()];
        TensorInfo sample = null;
        for (TensorInfo input : inputs) {
            Matcher name = PAST.matcher(input.name());
            if (!name.matches()) {
                if (!PLAIN.contains(input.name())) {
                    throw unfit("it asks for the input [" + input + "]", inputs, outputs);
                }
                continue;
            }
            int place = 2 * Integer.parseInt(name.group(1)) + (name.group(2).equals("key") ? 0 : 1);
            if (place >= past.length) {
                throw unfit("the input [" + input.name() + "] leaves a gap in the layers", inputs, outputs);
            }
            past[place] = input.name();
            sample = input;
        }
        if (sample == null) {
            throw unfit("it has no past_key_values inputs", inputs, outputs);
        }
        String[] present = Arrays.stream(past).map(n -> n.replace("past_key_values.", "present."))
                .toArray(String[]::new);
        for (String name : present) {
            find(name, outputs, inputs, outputs);
        }
        long[] cache = dimensions(sample, 4, inputs, outputs);
        TensorInfo embeds = find("inputs_embeds", inputs, inputs, outputs);
        TensorInfo logits = find("logits", outputs, inputs, outputs);
        long[] row = dimensions(logits, 3, inputs, outputs);
        return new DecoderLayout(List.of(past), List.of(present), sample.dtype(), fixed(cache[1], sample),
                fixed(cache[3], sample), embeds.dtype(), fixed(dimensions(embeds, 3, inputs, outputs)[2], embeds),
                logits.dtype(), fixed(row[2], logits), row[1] == 1, has("attention_mask", inputs),
                has("position_ids", inputs));
    }

    int layers() {
        return past.size() / 2;
    }

    /** Bytes that one position takes in a cache. */
    long bytesPerToken() {
        return (long) past.size() * heads * headWidth * cacheType.bytes();
    }

    private static boolean has(String name, List<TensorInfo> infos) {
        return infos.stream().anyMatch(i -> i.name().equals(name));
    }

    private static TensorInfo find(String name, List<TensorInfo> where, List<TensorInfo> in, List<TensorInfo> out) {
        return where.stream().filter(i -> i.name().equals(name)).findFirst()
                .orElseThrow(() -> unfit("it lacks [" + name + "]", in, out));
    }

    private static long[] dimensions(TensorInfo info, int rank, List<TensorInfo> in, List<TensorInfo> out) {
        if (info.shape().length != rank) {
            throw unfit("[" + info + "] should have " + rank + " dimensions", in, out);
        }
        return info.shape();
    }

    private static int fixed(long dimension, TensorInfo info) {
        if (dimension < 1 || dimension > 1 << 24) {
            throw new IllegalArgumentException("cannot use the decoder graph: [" + info
                    + "] leaves open a dimension that must be fixed (heads, widths, vocabulary); export it so");
        }
        return (int) dimension;
    }

    private static IllegalArgumentException unfit(String why, List<TensorInfo> inputs, List<TensorInfo> outputs) {
        return new IllegalArgumentException("cannot use the decoder graph: " + why + "; inputs " + brief(inputs)
                + ", outputs " + brief(outputs)
                + "; needed inputs_embeds, past_key_values.L.key and .value, optionally "
                + "attention_mask and position_ids, giving logits and present.L.key and .value");
    }

    private static String brief(List<TensorInfo> infos) {
        return infos.size() <= 8
                ? infos.toString()
                : infos.subList(0, 4) + " ... " + infos.subList(infos.size() - 2, infos.size()) + " (" + infos.size()
                        + " in all)";
    }
}
