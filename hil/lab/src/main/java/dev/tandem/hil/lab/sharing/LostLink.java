package dev.tandem.hil.lab.sharing;

import dev.tandem.hil.lab.attack.Target;
import dev.tandem.hil.relay.LaneProfile;
import dev.tandem.hil.relay.Profile;
import dev.tandem.hil.relay.Relay;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.session.PeerException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** No attack but an accident: a device's link is cut until its connection is lost, and it asks meanwhile. */
final class LostLink implements SharingAttack {
    private static final Duration CUT = Duration.ofMillis(5_500);
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final int EVERY_MILLIS = 250;
    /** Docs/wire.md, section 8: how long a question is held whose connection was lost, less the clock's grain. */
    private static final Duration HELD = Duration.ofMillis(4_400);

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger early = new AtomicInteger();

    @Override
    public String name() {
        return "11 lost link";
    }

    @Override
    public String what() {
        return "another device's link is cut for " + CUT.toMillis() + " ms, until the connection is lost; it asks on,"
                + " each question with " + DEADLINE.toSeconds() + " s";
    }

    @Override
    public double mostSeconds() {
        return CUT.plus(DEADLINE).toSeconds() + 1.0;
    }

    @Override
    public void prepare(Scene scene) throws IOException {
        scene.target("distant");
    }

    @Override
    public void run(Scene scene) throws IOException, InterruptedException {
        InetSocketAddress edge = new InetSocketAddress(Target.HOST, scene.edge().port());
        try (Relay relay = Relay.start(new InetSocketAddress(Target.HOST, 0), edge,
                Profile.both(LaneProfile.CLEAN.withDelayMs(5, 0)), 11);
                TandemClient link = TandemClient.connect(through(scene, relay))) {
            ask(scene, link).join();
            relay.cut(CUT);
            scene.struck();
            long end = System.nanoTime() + CUT.toNanos();
            CompletableFuture<?> all = CompletableFuture.completedFuture(null);
            while (System.nanoTime() < end && !scene.over()) {
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
                all = CompletableFuture.allOf(all, ask(scene, link));
            }
            while (!all.isDone() && !scene.over()) {
                scene.pause(50);
            }
        } catch (PeerException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    private static ClientSettings through(Scene scene, Relay relay) throws IOException {
        return ClientSettings.of(Target.HOST, relay.address().getPort(), scene.authority().device("distant"),
                scene.identity());
    }

    /** Completes when the question has ended, with or without an answer. */
    private CompletableFuture<Void> ask(Scene scene, TandemClient link) {
        asked.incrementAndGet();
        long sent = System.nanoTime();
        return link.ask(scene.question().withDeadline(DEADLINE), PoliteDevice.NOBODY).answer()
                .handle((summary, failure) -> {
                    boolean soon = System.nanoTime() - sent < HELD.toNanos();
                    if (failure == null) {
                        answered.incrementAndGet();
                    } else if (soon && scene.counts()) {
                        early.incrementAndGet();
                        scene.said(failure.getMessage());
                    }
                    return null;
                });
    }

    @Override
    public List<Criterion> criteria(Scene scene) {
        return List.of(Criterion.told("its questions", asked.get()), Criterion.told("of them answered", answered.get()),
                Criterion.atMost("that ended without an answer before they had been held for 4.5 s", early.get(), 0));
    }
}
