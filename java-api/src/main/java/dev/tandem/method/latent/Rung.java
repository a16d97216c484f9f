package dev.tandem.method.latent;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.pack.Checks;
import dev.tandem.pack.Pack;
import dev.tandem.pack.Preprocessing;
import dev.tandem.pack.ShapeRule;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.TensorInfo;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * One training of the ladder (docs/pack.md section 3.5).
 *
 * @param lambda  what bits weighed against distortion; for people
 * @param encoder name of the graph from pixels to the latent map
 * @param tables  path of the CDF tables, a row for each channel
 */
public record Rung(double lambda, String encoder, String tables) {
    private static final long MAX_TABLE_BYTES = 1L << 28;
    private static final String LATENT = "latent";

    /** Its graph takes the pack's pictures and gives a map that can be. */
    void check(Pack pack, String where) {
        Checks checks = pack.checks();
        checks.real(where + ".lambda", lambda, 0, 1e6);
        checks.range("bytes of the tables of " + where, checks.listed(where + ".tables", tables).bytes(), 1,
                MAX_TABLE_BYTES);
        Preprocessing size = pack.manifest().preprocessing();
        checks.graphs().named(where + ".encoder", encoder);
        checks.graphs().inputs(encoder, Set.of("pixel_values"), Set.of());
        checks.graphs().input(encoder, "pixel_values",
                new ShapeRule(DType.FLOAT32, 1, 3, size.height(), size.width()));
        checks.graphs().output(encoder, LATENT,
                new ShapeRule(DType.FLOAT32, 1, ShapeRule.FIXED, ShapeRule.FIXED, ShapeRule.FIXED));
        try {
            shape(pack);
        } catch (IllegalArgumentException e) {
            throw checks.field("graphs." + encoder + ".outputs." + LATENT, e.getMessage(), "a map within those limits");
        }
    }

    /** Size of its maps. */
    LatentShape shape(Pack pack) {
        TensorInfo latent = pack.graph(encoder).output(LATENT).orElseThrow();
        return new LatentShape(clamped(latent, 1), clamped(latent, 2), clamped(latent, 3));
    }

    private static int clamped(TensorInfo latent, int dimension) {
        return (int) Math.min(Integer.MAX_VALUE, latent.dimension(dimension));
    }

    /** Reads and checks its tables now; the caller closes the codec. */
    LatentCodec codec(Pack pack, MemoryAccount memory) {
        Checks checks = pack.checks();
        try {
            return new LatentCodec(CdfTables.read(ByteBuffer.wrap(pack.bytes(tables))), shape(pack),
                    memory.owner("codec"));
        } catch (CorruptBitstreamException | IllegalArgumentException e) {
            throw checks.file("reading", tables, e, "CDF tables as in docs/pack.md section 3.1.1, a row for each of "
                    + shape(pack).channels() + " channels", "export the pack again");
        }
    }
}
