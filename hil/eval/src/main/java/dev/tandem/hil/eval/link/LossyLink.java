package dev.tandem.hil.eval.link;

import dev.tandem.command.ProgressLine;
import dev.tandem.hil.eval.ExactMatch;
import dev.tandem.hil.eval.data.Question;
import dev.tandem.hil.relay.LaneProfile;
import dev.tandem.hil.relay.Loss;
import dev.tandem.hil.relay.Profile;
import dev.tandem.hil.relay.Relay;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.task.Answer;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.Exchange;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.TransportChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * A QUIC client behind a relay whose loss can be set: 50 KB/s, 20 ms each way. One thread; close before the loopback.
 */
final class LossyLink implements AutoCloseable {
    private static final long RATE = 50_000;
    private static final int QUEUE = 64_000;
    private static final double ONE_WAY_MS = 20;
    private static final LaneProfile LANE = LaneProfile.CLEAN.withRate(RATE, QUEUE).withDelayMs(ONE_WAY_MS, 0);

    private final Relay relay;
    private final TandemClient client;
    private final Point point;
    private final long seed;

    private LossyLink(Relay relay, TandemClient client, Point point, long seed) {
        this.relay = relay;
        this.client = client;
        this.point = point;
        this.seed = seed;
    }

    /** Connects while nothing is lost yet. */
    static LossyLink open(Loopback loopback, PackMethods methods, Point point, long seed) throws IOException {
        Relay relay = loopback.through(Profile.both(LANE), seed);
        return new LossyLink(relay, loopback.client(methods, TransportChoice.QUIC), point, seed);
    }

    /** Asks every question with so much loss in each direction, one after the other. */
    List<LossCell.Asked> ask(Map<Question, List<Slice>> questions, LossWay way, double loss, ProgressLine progress)
            throws InterruptedException {
        relay.profile(Profile.both(LANE.withLoss(loss == 0 ? new Loss.None() : new Loss.Uniform(loss))));
        List<LossCell.Asked> asked = new ArrayList<>();
        for (Map.Entry<Question, List<Slice>> one : questions.entrySet()) {
            asked.add(ask(one.getKey(), way.order(one.getValue(), seed + one.getKey().row()), way));
            progress.step(String.format(Locale.ROOT, "%s, %.0f %%", way.words(), loss * 100));
        }
        return asked;
    }

    private LossCell.Asked ask(Question question, List<Slice> slices, LossWay way) throws InterruptedException {
        Task task = new Task.Question(question.text(), 0);
        AskRequest request = AskRequest.of(task.code(), task.body()).withSlices(slices, Need.ANY)
                .withDecodeWait(way.decodeWait());
        // Parts come on the link's thread, all of them before the summary does.
        Answer answer = new Answer();
        long start = System.nanoTime();
        Exchange exchange = client.ask(
                point.id() == 0 ? request.withPoint(point.name()) : request.withPoint(point.id()),
                (kind, body) -> answer.add(Part.read(kind, body)));
        try {
            AnswerSummary summary = exchange.answer().get();
            return new LossCell.Asked(question.image(), true, ExactMatch.same(answer.text(), question.answer()),
                    summary.count("used"), summary.count("total"), System.nanoTime() - start);
        } catch (ExecutionException problem) {
            if (problem.getCause() instanceof PeerException) {
                return new LossCell.Asked(question.image(), false, false, 0, 0, System.nanoTime() - start);
            }
            throw new IllegalStateException(problem.getCause());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
