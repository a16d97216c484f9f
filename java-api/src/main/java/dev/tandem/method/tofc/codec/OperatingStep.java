package dev.tandem.method.tofc.codec;

/**
 * What the coder needs to know of an operating point.
 *
 * @param id number of the operating point in the pack and in every slice header, 0..255
 * @param step quantisation step in token units, finite and positive
 * @param scaleShift added to every scale logit before the table row is chosen, in 1/16 row, an int16
 */
public record OperatingStep(int id, float step, int scaleShift) {
    public OperatingStep {
        if (id < 0 || id > 255) {
            throw new IllegalArgumentException(
                    "operating point id [" + id + "] does not fit a slice header; use 0..255");
        }
        if (!(step >= Float.MIN_NORMAL) || step > 1e6f) {
            throw new IllegalArgumentException(
                    "step of operating point [" + id + "] is [" + step + "]; it must be positive and at most 1e6");
        }
        if (scaleShift != (short) scaleShift) {
            throw new IllegalArgumentException(
                    "scale shift of operating point [" + id + "] is [" + scaleShift + "]; it must fit 16 bits");
        }
    }
}
