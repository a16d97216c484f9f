package dev.tandem.method;

import java.util.List;

/** A method in one pack, its section read and checked. Immutable; any thread. */
public interface Section {
    /** Paths of the files that both ends must hold alike, in a fixed order; the section's hash covers them. */
    List<String> codingFiles();

    /** The device half; opens its graphs on this thread. */
    DeviceHalf device(Host host);

    /** The edge half; opens its graphs on this thread. */
    EdgeHalf edge(Host host);

    /** Runs the section's golden vectors; a vector that cannot run gives a failed result, not an exception. */
    List<GoldenResult> replay(Host host);
}
