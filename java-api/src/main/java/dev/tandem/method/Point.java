package dev.tandem.method;

/**
 * An operating point: a method with its knobs. Equal by value.
 *
 * @param id     1 to 255 in a manifest, 0 for an ad hoc point
 * @param name   as in the manifest, or the ad hoc form that spells the knobs
 * @param method name of the method
 */
public record Point(int id, String name, String method, Knobs knobs) {
    /** The knobs as the method's own type. */
    public <K extends Knobs> K knobs(Class<K> type) {
        if (!type.isInstance(knobs)) {
            throw new IllegalArgumentException("running the operating point [" + name + "] of the method [" + method
                    + "] where one with " + type.getSimpleName() + " was needed");
        }
        return type.cast(knobs);
    }
}
