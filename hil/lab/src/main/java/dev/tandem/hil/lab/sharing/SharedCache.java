package dev.tandem.hil.lab.sharing;

import dev.tandem.hil.report.Quantiles;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.session.PeerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks about a picture with one device, then with another: whether the edge remembers it for the wrong one. Told by the
 * summary of the answer, in which a picture that was seen before takes no time to become evidence, and by the clock.
 */
final class SharedCache implements SharingAttack {
    private static final int PATIENCE_SECONDS = 20;

    private final List<Double> firstTimes = new ArrayList<>();
    private final List<Double> otherTimes = new ArrayList<>();
    private final List<Double> ownTimes = new ArrayList<>();
    private int ownHits;
    private int otherHits;

    @Override
    public String name() {
        return "13 shared cache";
    }

    @Override
    public String what() {
        return "one device asks about a picture, another sends the same, the first sends it again";
    }

    @Override
    public void prepare(Scene scene) throws IOException {
        scene.target("owner");
        scene.target("curious");
    }

    @Override
    public void run(Scene scene) throws IOException, InterruptedException {
        try (TandemClient owner = TandemClient.connect(scene.client("owner"));
                TandemClient curious = TandemClient.connect(scene.client("curious"))) {
            while (!scene.over()) {
                AskRequest picture = scene.question();
                ask(owner, picture, firstTimes);
                scene.struck();
                otherHits += ask(curious, picture, otherTimes) ? 1 : 0;
                ownHits += ask(owner, picture, ownTimes) ? 1 : 0;
                scene.pause(20);
            }
        } catch (PeerException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    /** Whether the edge had it read already. */
    private static boolean ask(TandemClient link, AskRequest picture, List<Double> times)
            throws IOException, InterruptedException {
        long sent = System.nanoTime();
        try {
            AnswerSummary answer = link.ask(picture, PoliteDevice.NOBODY).answer().get(PATIENCE_SECONDS,
                    TimeUnit.SECONDS);
            times.add((System.nanoTime() - sent) / 1e6);
            return answer.stageNanos().get("decode") == 0;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e.getCause() == null ? "no answer" : e.getCause().getMessage(), e);
        }
    }

    @Override
    public List<Criterion> criteria(Scene scene) {
        return List.of(Criterion.told("pictures", firstTimes.size()), Criterion.told("ms for the first, median",
                median(firstTimes)), Criterion.told("ms for the other device, median", median(otherTimes)),
                Criterion.told("ms for the first again, median", median(ownTimes)),
                Criterion.told("of them remembered for the one who sent them", ownHits),
                Criterion.atMost("of them remembered for the other", otherHits, 0));
    }

    private static double median(List<Double> times) {
        return Quantiles.of(times.stream().mapToDouble(Double::doubleValue)).median();
    }
}
