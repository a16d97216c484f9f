package dev.tandem.edge.serve;

import dev.tandem.method.Decoding;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Host;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The edge halves of a pack's methods, each opened on the model thread at its first use and kept. A half that could not
 * be opened is tried again by the next who needs it. Any thread may begin; opening and closing happen on the model's.
 */
final class Halves implements AutoCloseable {
    private final PackMethods methods;
    private final Host host;
    private final Admission admission;
    private final Map<String, CompletableFuture<EdgeHalf>> halves = new ConcurrentHashMap<>();

    Halves(PackMethods methods, Host host, Admission admission) {
        this.methods = methods;
        this.host = host;
        this.admission = admission;
    }

    /** Opens one now; on the model thread. */
    void open(String method) {
        halves.put(method, CompletableFuture.completedFuture(methods.section(method).edge(host)));
    }

    /** Begins with a picture as soon as its method's half is open. */
    CompletableFuture<Decoding> begin(Point point, int announced, int tiles) {
        CompletableFuture<EdgeHalf> half = halves.computeIfAbsent(point.method(),
                name -> admission.later(() -> methods.section(name).edge(host)));
        // Forgotten before anybody hears that it failed: who asks again then has it tried again.
        return half.whenComplete((opened, failure) -> {
            if (failure != null) {
                halves.remove(point.method(), half);
            }
        }).thenApply(opened -> opened.begin(point, announced, tiles));
    }

    /** Closes those that were opened; on the model thread, behind all openings. */
    @Override
    public void close() {
        halves.values().stream().filter(half -> half.isDone() && !half.isCompletedExceptionally())
                .forEach(half -> half.join().close());
        halves.clear();
    }
}
