package dev.tandem.edge;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.edge.serve.EdgeDaemon;
import dev.tandem.edge.serve.Offer;
import dev.tandem.method.HeadSection;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;

/** The one line that an edge prints when it is ready: where it is, and what it takes and does. */
final class ReadyLine {
    private ReadyLine() {
    }

    /** {@code metrics}: where they are served; null for nowhere. */
    static String words(EdgeDaemon daemon, InetSocketAddress metrics) {
        Offer offer = daemon.offer();
        List<HeadSection<?>> heads = offer.heads().all();
        String tasks = heads.stream().map(head -> String.join(", ", Offer.tasks(head)) + " by " + head.name())
                .collect(Collectors.joining("; "));
        return "tandem edge ready on " + daemon.address().getHostString() + ":" + daemon.address().getPort()
                + " with pack " + offer.pack() + "; methods " + String.join(", ", offer.methods()) + "; tasks "
                + (heads.isEmpty() ? "none, since the pack has no head" : tasks)
                + (metrics == null ? "" : "; metrics on " + metrics.getHostString() + ":" + metrics.getPort());
    }

    /** {@code metrics}: where they are served; null for nowhere. */
    static ObjectNode json(EdgeDaemon daemon, InetSocketAddress metrics) {
        Offer offer = daemon.offer();
        InetSocketAddress at = daemon.address();
        ObjectNode ready = new ObjectMapper().createObjectNode().put("ready", true).put("host", at.getHostString())
                .put("port", at.getPort()).put("pack", offer.pack().manifest().name());
        ArrayNode methods = ready.putArray("methods");
        offer.methods().forEach(methods::add);
        ArrayNode heads = ready.putArray("heads");
        for (HeadSection<?> head : offer.heads().all()) {
            ArrayNode tasks = heads.addObject().put("name", head.name()).putArray("tasks");
            Offer.tasks(head).forEach(tasks::add);
        }
        if (metrics != null) {
            ready.putObject("metrics").put("host", metrics.getHostString()).put("port", metrics.getPort());
        }
        return ready;
    }
}
