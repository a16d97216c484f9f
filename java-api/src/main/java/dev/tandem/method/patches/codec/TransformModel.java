package dev.tandem.method.patches.codec;

import dev.tandem.entropy.CdfTables;
import java.nio.ByteBuffer;

/**
 * A learned patch codec as a pack has it (docs/pack.md section 3.4.1). Immutable; the arrays are not to be changed.
 *
 * @param side         pixels of a patch's side
 * @param coefficients of a patch
 * @param trainedStep  grey levels
 * @param means        float32 [classes][values]
 * @param bases        float32 [classes][coefficients * values]: orthonormal rows
 * @param scales       [classes][coefficients], sixteenths of a Laplace row
 * @param tables       row 0 the class, then 64 Laplace rows
 */
public record TransformModel(int side, int coefficients, float trainedStep, float[][] means, float[][] bases,
        short[][] scales, CdfTables tables) {
    /** Row of class ids. */
    static final int CLASS_ROW = 0;
    /** Laplace rows. */
    static final int SCALES = 64;
    private static final int SIXTEENTHS = 16;

    /**
     * Reads a file.
     *
     * @throws dev.tandem.entropy.CorruptBitstreamException unless the buffer holds exactly one
     */
    public static TransformModel read(ByteBuffer file) {
        return TransformFile.read(file);
    }

    /** Classes of patches. */
    int classes() {
        return means.length;
    }

    /** Values of a patch. */
    int values() {
        return 3 * side * side;
    }

    /** The rows of a class's coefficients at a point's shift. */
    char[] rows(int kind, int scaleShift) {
        char[] rows = new char[coefficients];
        for (int k = 0; k < coefficients; k++) {
            int index = Math.floorDiv(scales[kind][k] + scaleShift, SIXTEENTHS);
            rows[k] = (char) (1 + Math.clamp(index, 0, SCALES - 1));
        }
        return rows;
    }
}
