package dev.tandem.method.latent;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Session;
import dev.tandem.foreign.CountedArena;
import dev.tandem.method.Host;
import dev.tandem.method.PackSession;
import dev.tandem.pack.Pack;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * The graphs of one head, opened: the common one at once, so that a broken head is found at the start; those of single
 * rungs at their first use, since each may hold a backbone. One thread.
 */
final class RungSessions implements AutoCloseable {
    private final Pack pack;
    private final Host host;
    private final RungGraphs graphs;
    private final Map<String, Session> open = new HashMap<>();

    RungSessions(Pack pack, Host host, RungGraphs graphs) {
        this.pack = pack;
        this.host = host;
        this.graphs = graphs;
        session(graphs.graph());
    }

    private Session session(String graph) {
        return open.computeIfAbsent(graph, name -> PackSession.open(host.engine(), pack, name));
    }

    /** Runs the graph of a map's rung; a heap copy of the output, which has that shape. */
    float[] run(LatentMap map, String output, long... shape) {
        Session session = session(graphs.of(map.rung()));
        try (CountedArena arena = CountedArena.confined(host.memory())) {
            Tensor latent = Tensor.allocate(arena, DType.FLOAT32, 1, map.shape().channels(), map.shape().height(),
                    map.shape().width());
            Tensor out = Tensor.allocate(arena, DType.FLOAT32, shape);
            latent.setFloats(map.values());
            try (Binding binding = session.bind(Map.of("latent", latent), Map.of(output, out))) {
                binding.run();
            }
            return out.toFloats();
        }
    }

    @Override
    public void close() {
        open.values().forEach(Session::close);
        open.clear();
    }
}
