package dev.tandem.method;

import java.util.List;
import java.util.Optional;

/** A method in one pack, its section read and checked. Immutable; any thread. */
public interface Section {
    /** Paths of the files that both ends must hold alike, in a fixed order; the section's hash covers them. */
    List<String> codingFiles();

    /** The device half; opens its graphs on this thread. */
    DeviceHalf device(Host host);

    /** The edge half; opens its graphs on this thread. */
    EdgeHalf edge(Host host);

    /** The squares of a picture, some of which it sends; empty where it does not choose among such. */
    default Optional<Squares> squares() {
        return Optional.empty();
    }

    /** Runs the section's golden vectors; a vector that cannot run gives a failed result, not an exception. */
    List<GoldenResult> replay(Host host);
}
