package dev.tandem.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.pack.Checks;
import dev.tandem.pack.Pack;
import java.util.List;
import java.util.Optional;

/**
 * Both halves of a way to send a picture; found by {@link java.util.ServiceLoader}. Stateless, any thread.
 */
public interface Method {
    /** As packs name it. */
    String name();

    /** What its edge half decodes. */
    Class<? extends Evidence> evidence();

    /**
     * Whether an edge takes it where nobody says which methods devices may use. Not so for a yardstick, nor for what
     * lets a device make the edge do more than its pack was made for.
     */
    default boolean byDefault() {
        return true;
    }

    /**
     * This method's part of an operating point of a manifest.
     *
     * @param where  the point, for messages
     * @param fields {@code knobs} of the manifest
     * @throws dev.tandem.pack.PackException for what cannot be
     */
    Knobs knobs(String where, ObjectNode fields, Checks checks);

    /**
     * The knobs that an ad hoc name spells, so that both ends build the same point from the name alone; empty when the
     * name has none of this method's forms. One point has one name.
     */
    Optional<Knobs> adHoc(String name);

    /** Examples of ad hoc names, for messages; the first stands for the method where a pack names no point of it. */
    List<String> adHocForms();

    /**
     * Reads and checks this method's section of a pack; nothing is opened.
     *
     * @param points of this method in the manifest
     * @throws dev.tandem.pack.PackException for what cannot be
     */
    Section section(Pack pack, List<Point> points);
}
