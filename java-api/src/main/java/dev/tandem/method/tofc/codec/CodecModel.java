package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.CorruptBitstreamException;
import java.util.List;

/**
 * A trained codec as a pack's files say it: tables, integer networks and the operating points that slices may name.
 * Lies on the heap; a {@link SliceCodec} runs it. Immutable, safe for several threads.
 *
 * @param tables rows: 0 expert ids; 1 + e * hyperWidth + c z of expert e, channel c; 1 + experts * hyperWidth + k y at
 *        scale index k, k = 0..63
 * @param hyper the integer hyper-synthesis
 * @param steps operating points by which a slice can be decoded; ids are distinct
 */
public record CodecModel(CdfTables tables, ReferenceHyperSynthesis hyper, List<OperatingStep> steps) {
    /** Rows of Laplace tables. */
    public static final int SCALES = 64;

    static final int EXPERT_ROW = 0;

    public CodecModel {
        steps = List.copyOf(steps);
        int rows = 1 + hyper.experts() * hyper.hyperWidth() + SCALES;
        if (tables.rows() != rows) {
            throw new IllegalArgumentException("tables have [" + tables.rows() + "] rows; [" + hyper.experts()
                    + "] experts with [" + hyper.hyperWidth() + "] hyper channels need [" + rows
                    + "]; tables and hyper-synthesis must come from the same pack");
        }
        if (steps.stream().map(OperatingStep::id).distinct().count() != steps.size()) {
            throw new IllegalArgumentException("operating points " + steps + " share an id; each needs its own");
        }
    }

    /** Expert networks. */
    public int experts() {
        return hyper.experts();
    }

    /** Values of one token. */
    public int tokenWidth() {
        return hyper.tokenWidth();
    }

    /** Symbols of one hyper-latent. */
    public int hyperWidth() {
        return hyper.hyperWidth();
    }

    /**
     * The operating point of that id, as a slice names it.
     *
     * @throws CorruptBitstreamException if there is none
     */
    OperatingStep step(int id) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).id() == id) {
                return steps.get(i);
            }
        }
        throw new CorruptBitstreamException("slice", 1, "an operating point of " + steps, String.valueOf(id));
    }

    int zRow(int expert, int channel) {
        return 1 + expert * hyper.hyperWidth() + channel;
    }

    int yRow(int scaleIndex) {
        return 1 + hyper.experts() * hyper.hyperWidth() + scaleIndex;
    }
}
