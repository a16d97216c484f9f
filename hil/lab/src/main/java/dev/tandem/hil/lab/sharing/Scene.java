package dev.tandem.hil.lab.sharing;

import dev.tandem.hil.lab.attack.Target;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.tls.Credentials;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What an attack finds: the edge, certificates of devices, good questions; and what the edge said. Any thread. */
final class Scene {
    private static final int KINDS = 64;
    private static final int LONGEST = 160;

    private final Pack pack;
    private final PackIdentity identity;
    private final EdgeProcess edge;
    private final LabAuthority authority;
    private final List<AskRequest> questions;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, LongAdder> said = new ConcurrentHashMap<>();
    private final Queue<AutoCloseable> open = new ConcurrentLinkedQueue<>();
    private final AtomicLong struckNanos = new AtomicLong();
    private volatile boolean stopping;
    private volatile boolean over;

    Scene(Pack pack, PackIdentity identity, EdgeProcess edge, LabAuthority authority, List<AskRequest> questions) {
        this.pack = pack;
        this.identity = identity;
        this.edge = edge;
        this.authority = authority;
        this.questions = questions;
    }

    Pack pack() {
        return pack;
    }

    PackIdentity identity() {
        return identity;
    }

    EdgeProcess edge() {
        return edge;
    }

    LabAuthority authority() {
        return authority;
    }

    /** Questions with a picture each, as a good device asks them. */
    List<AskRequest> questions() {
        return questions;
    }

    /** One after the other. */
    AskRequest question() {
        return questions.get(Math.floorMod(next.getAndIncrement(), questions.size()));
    }

    /** The edge, for whoever speaks frames with a device's certificate of this name; it is made when it is new. */
    Target target(String device) throws IOException {
        return new Target(edge.port(), authority.device(device), identity);
    }

    /** The edge, for a well-behaved link of the device of this name. */
    ClientSettings client(String device) throws IOException {
        return client(authority.device(device));
    }

    ClientSettings client(Credentials credentials) {
        return ClientSettings.of(Target.HOST, edge.port(), credentials, identity);
    }

    /** Whether the attack has to end. */
    boolean over() {
        return over;
    }

    /** The attack has begun to tell: from now on the polite device is beside it. Again: nothing. */
    void struck() {
        struckNanos.compareAndSet(0, System.nanoTime());
    }

    /** Seconds since then; below 0 while it has not. */
    double secondsStruck() {
        long since = struckNanos.get();
        return since == 0 ? -1 : (System.nanoTime() - since) / 1e9;
    }

    /** Whether what happens now counts: the edge is not being stopped yet. */
    boolean counts() {
        return !stopping;
    }

    /** From now on the edge is being stopped, and what it refuses is no fault. */
    void stopping() {
        stopping = true;
    }

    /** It is over; what was to be closed then is closed. */
    void end() throws Exception {
        over = true;
        for (AutoCloseable each = open.poll(); each != null; each = open.poll()) {
            each.close();
        }
    }

    /** To be closed at the end at the latest, whatever a thread does with it then. */
    void closing(AutoCloseable each) {
        open.add(each);
    }

    /** Sleeps, but not beyond the end by much. */
    void pause(long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && !over; left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())) {
            TimeUnit.MILLISECONDS.sleep(Math.min(left, 50));
        }
    }

    /** Notes what the edge said, or did, to the attacker; digits apart, the same words count as the same. */
    void said(String words) {
        String line = words.lines().findFirst().orElse("").replaceAll("[0-9]+", "N").replaceAll("\\p{Cntrl}", "?");
        String kind = line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
        if (counts() && (said.size() < KINDS || said.containsKey(kind))) {
            said.computeIfAbsent(kind, key -> new LongAdder()).increment();
        }
    }

    /** With how often, the most frequent first. */
    List<String> said() {
        return said.entrySet().stream().sorted((a, b) -> Long.compare(b.getValue().sum(), a.getValue().sum()))
                .map(each -> each.getValue().sum() + " x " + each.getKey()).toList();
    }
}
