package dev.tandem.method.tofc;

import dev.tandem.entropy.SliceCodec;
import dev.tandem.method.Arrived;
import dev.tandem.method.EdgeMethod;
import dev.tandem.method.PointRules;
import dev.tandem.method.TokenSet;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
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
        return Arrived.gather(slices, width, op.id(), codec::decode);
    }

    @Override
    public void close() {
        // Holds memory of the heap only.
    }
}
