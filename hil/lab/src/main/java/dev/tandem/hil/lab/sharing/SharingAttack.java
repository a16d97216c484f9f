package dev.tandem.hil.lab.sharing;

import java.util.List;

/** One way to take an edge from the others. Used for one run; {@link #run} on a thread of its own, the rest on one. */
interface SharingAttack {
    /** The level of the log where nobody asks for another. */
    String USUAL_LOG = "WARN";

    /** One word or two, for tables. */
    String name();

    /** What it does, in a sentence without an end. */
    String what();

    /** Seconds that it is waited for until it has shown what it has to, however short the trial. */
    default double mostSeconds() {
        return 0;
    }

    /** How much the edge shall log. */
    default String logLevel() {
        return USUAL_LOG;
    }

    /** Whether it has shown it, though it goes on. */
    default boolean shown() {
        return false;
    }

    /** Makes what it needs, before anything is measured; the edge runs already. */
    default void prepare(Scene scene) throws Exception {
    }

    /**
     * Attacks until {@link Scene#over()}, or until it has nothing more to show. What the edge does back is no failure: an IOException is noted as what the
     * edge said, and this is called again. Any other exception makes the trial worthless.
     */
    void run(Scene scene) throws Exception;

    /** What must hold besides what must hold in all of them; asked once, after the attack. */
    default List<Criterion> criteria(Scene scene) throws Exception {
        return List.of();
    }
}
