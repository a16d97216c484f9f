package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.RansCoder;
import dev.tandem.entropy.SliceSeal;
import dev.tandem.method.SliceLimits;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Codes quantised tokens into slices: cuts them, and cuts finer while a slice turns out too large. */
final class SliceMaker {
    private SliceMaker() {
    }

    /**
     * Slices in rank order.
     *
     * @throws IllegalArgumentException if a single token does not fit the payload
     */
    static List<byte[]> make(QuantisedTokens tokens, OperatingStep step, SliceLimits limits, RansCoder.Writer writer) {
        SliceCut cut = tokens.tokens().cut;
        cut.choose(tokens, limits);
        while (true) {
            byte[][] slices = new byte[cut.slices()][];
            if (fill(slices, cut, tokens, step, limits, writer)) {
                return Collections.unmodifiableList(Arrays.asList(slices));
            }
            cut.finer();
        }
    }

    /** Whether all fit. */
    private static boolean fill(byte[][] slices, SliceCut cut, QuantisedTokens tokens, OperatingStep step,
            SliceLimits limits, RansCoder.Writer writer) {
        for (int s = 0; s < slices.length; s++) {
            byte[] slice = slice(tokens, step, writer, cut.from(s), cut.from(s + 1));
            if (slice.length > limits.payloadBytes()) {
                if (cut.from(s + 1) - cut.from(s) == 1) {
                    throw new IllegalArgumentException("token [" + cut.from(s) + "] alone takes a slice of ["
                            + slice.length + "] bytes; the payload is [" + limits.payloadBytes()
                            + "]; raise it or use a coarser step than [" + step.step() + "]");
                }
                return false;
            }
            slices[s] = slice;
        }
        return true;
    }

    private static byte[] slice(QuantisedTokens tokens, OperatingStep step, RansCoder.Writer writer, int from,
            int to) {
        int header = SliceHeader.bytes(from, to - from, tokens.count());
        byte[] slice = tokens.stream(writer, from, to, header, SliceSeal.BYTES);
        SliceHeader.write(slice, step.id(), from, to - from, tokens.count());
        SliceSeal.put(slice, tokens.tokens().crc);
        return slice;
    }
}
