package dev.tandem.edge.serve;

import dev.tandem.task.Part;
import dev.tandem.task.Task;
import dev.tandem.transport.edge.IncomingExchange;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Need;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** An exchange without a link, which notes what the edge makes of it. */
final class HeardExchange implements IncomingExchange {
    private final int task;
    private final byte[] body;
    private final String point;
    private final int slices;
    private final CompletableFuture<String> end = new CompletableFuture<>();
    final List<String> parts = new CopyOnWriteArrayList<>();
    final List<Runnable> atEnd = new CopyOnWriteArrayList<>();
    volatile AnswerSummary summary;
    volatile boolean cancelled;
    /** How long ago it came. */
    volatile long ageNanos;
    /** Parts as they came. */
    final List<Part> given = new CopyOnWriteArrayList<>();
    /** Thrown when a part comes. */
    volatile RuntimeException broken;

    HeardExchange(Task task, String point, int slices) {
        this(task.code(), task.body(), point, slices);
    }

    HeardExchange(int task, byte[] body, String point, int slices) {
        this.task = task;
        this.body = body;
        this.point = point;
        this.slices = slices;
    }

    /** Its end, once it has come: done, or code and words. */
    String end() throws Exception {
        return end.get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    boolean ended() {
        return end.isDone();
    }

    @Override
    public String device() {
        return "device-1";
    }

    @Override
    public String fingerprint() {
        return "fingerprint-1";
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public int task() {
        return task;
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public String head() {
        return "";
    }

    @Override
    public int pointId() {
        return 0;
    }

    @Override
    public String pointName() {
        return point;
    }

    @Override
    public int slicesAnnounced() {
        return slices;
    }

    @Override
    public int tiles() {
        return Math.min(1, slices);
    }

    @Override
    public Need need() {
        return Need.ANY;
    }

    @Override
    public long bytesReceived() {
        return 0;
    }

    @Override
    public long arrivedNanos() {
        return System.nanoTime() - ageNanos;
    }

    @Override
    public void part(int kind, byte[] bytes) {
        if (broken != null) {
            throw broken;
        }
        given.add(Part.read(kind, bytes));
        parts.add(kind + " " + new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void done(AnswerSummary what) {
        summary = what;
        end.complete("done");
    }

    @Override
    public void fail(ErrorCode code, String reason) {
        end.complete(code + " " + reason);
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public void onEnd(Runnable what) {
        atEnd.add(what);
    }
}
