package dev.tandem.transport.edge;

import dev.tandem.transport.session.LinkState;

/** Hears what an edge measures of its devices' links. Called on event loops: must not block. */
@FunctionalInterface
public interface LinkListener {
    /** Wants to know nothing; then nothing is measured. */
    LinkListener NONE = state -> {
    };

    /**
     * A link as it was when an answer had been given, as the edge sees it: round trip, delivery rate and loss of what
     * the edge sends. Not called for TCP, whose kernel keeps them to itself.
     */
    void measured(LinkState state);
}
