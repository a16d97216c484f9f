package dev.tandem.method.tofc;

import dev.tandem.method.EdgeMethod;
import dev.tandem.method.tofc.codec.SliceCodec;
import dev.tandem.method.tofc.codec.SliceOutcome;
import dev.tandem.method.tokens.Arrived;
import dev.tandem.method.tokens.PointRules;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
import java.util.Iterator;
import java.util.List;

/** Edge half of {@code tofc}: any subset of the slices to the tokens they hold. Needs no engine; any thread. */
public final class TofcEdge implements EdgeMethod {
    private final Pack pack;
    private final SliceCodec codec;
    private final int width;

    /** A decoder over the pack's tables. */
    public TofcEdge(Pack pack) {
        this.pack = pack;
        this.codec = pack.sliceCodec();
        this.width = pack.manifest().codec().tokenWidth();
    }

    @Override
    public TokenSet decode(List<byte[]> slices, OperatingPoint op) {
        PointRules.check(op, "tofc", Integer.MAX_VALUE);
        TofcPoint.step(pack, op);
        // All at once, then taken one by one in their order.
        Iterator<SliceOutcome> outcomes = codec.decodeAll(slices).iterator();
        return Arrived.gather(slices, width, op.id(), slice -> outcomes.next().orElseThrow());
    }

    @Override
    public void close() {
        codec.close();
    }
}
