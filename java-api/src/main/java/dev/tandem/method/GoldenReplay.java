package dev.tandem.method;

import dev.tandem.pack.GraphVector;
import java.util.ArrayList;
import java.util.List;

/** Runs a pack's golden vectors: those of its graphs, of its methods' sections and of heads. One thread. */
public final class GoldenReplay {
    private GoldenReplay() {
    }

    /**
     * Runs the vectors of the graphs, then those of the methods; a vector that cannot run gives a failed result, not an
     * exception.
     */
    public static List<GoldenResult> run(PackMethods methods, Host host) {
        List<GoldenResult> results = new ArrayList<>();
        for (GraphVector vector : methods.pack().manifest().golden()) {
            results.addAll(GoldenGraph.run(methods.pack(), host.engine(), vector));
        }
        for (String name : methods.names()) {
            results.addAll(methods.section(name).replay(host));
        }
        return results;
    }

    /** Runs the vectors of the heads. */
    public static List<GoldenResult> run(PackHeads heads, Host host) {
        List<GoldenResult> results = new ArrayList<>();
        heads.all().forEach(head -> results.addAll(head.replay(host)));
        return results;
    }
}
