package dev.tandem.method.raw;

import dev.tandem.method.EdgeMethod;
import dev.tandem.method.tokens.Arrived;
import dev.tandem.method.tokens.PointRules;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
import java.util.List;

/** Edge half of {@code raw}: float16 back to float32. Needs no engine; any thread. */
public final class RawEdge implements EdgeMethod {
    private final int width;

    /** A decoder for the pack's token width. */
    public RawEdge(Pack pack) {
        width = Math.toIntExact(pack.graph("encoder").output("last_hidden_state").orElseThrow().shape().get(2));
    }

    @Override
    public TokenSet decode(List<byte[]> slices, OperatingPoint op) {
        PointRules.check(op, "raw", Integer.MAX_VALUE);
        return Arrived.gather(slices, width, op.id(), slice -> RawSlices.read(slice, width));
    }

    @Override
    public void close() {
        // Holds memory of the heap only.
    }
}
