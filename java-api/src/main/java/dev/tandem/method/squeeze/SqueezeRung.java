package dev.tandem.method.squeeze;

import dev.tandem.method.latent.Rung;
import dev.tandem.pack.Checks;
import dev.tandem.pack.Pack;
import dev.tandem.pack.Preprocessing;
import dev.tandem.pack.ShapeRule;
import dev.tandem.tensor.DType;

/**
 * One training of the ladder (docs/pack.md section 3.6).
 *
 * @param lambda  what bits weighed against the task; for people
 * @param scale   how much smaller the small picture is, 2 or 4
 * @param encoder name of the graph from pixels to the latent map and the small picture
 * @param tables  path of the CDF tables, a row for each channel
 */
record SqueezeRung(double lambda, int scale, String encoder, String tables) {
    /** The graph's output that a person can look at. */
    static final String SMALL = "squeezed";

    /** What every ladder knows of it. */
    Rung rung() {
        return new Rung(lambda, encoder, tables);
    }

    /** Whether its graph, which is a rung's, gives a small picture of the right size too. */
    void check(Pack pack, String where) {
        Checks checks = pack.checks();
        Preprocessing size = pack.manifest().preprocessing();
        if (scale != 2 && scale != 4) {
            throw checks.field(where + ".scale", scale, "2 or 4");
        }
        if (size.width() % scale != 0 || size.height() % scale != 0) {
            throw checks.field(where + ".scale", scale, "a number that divides the preprocessing's size, "
                    + size.width() + " x " + size.height());
        }
        checks.graphs().output(encoder, SMALL,
                new ShapeRule(DType.FLOAT32, 1, 3, size.height() / scale, size.width() / scale));
    }
}
