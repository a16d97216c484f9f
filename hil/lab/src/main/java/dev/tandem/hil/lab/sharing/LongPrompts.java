package dev.tandem.hil.lab.sharing;

import dev.tandem.hil.report.Quantiles;
import dev.tandem.task.Task;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.Exchange;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.session.PeerException;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Questions that no model has room for, and long ones that are cancelled as soon as they are asked. */
final class LongPrompts implements SharingAttack {
    private static final int IN_FLIGHT = 4;
    private static final int CANCEL_MILLIS = 5;
    private static final String WORDS = "and what else is there to be seen in it? ";
    private static final int TOO_LONG = 8_000;
    private static final int LONG = 400;

    private final Queue<Double> refusals = new ConcurrentLinkedQueue<>();
    private final Semaphore room = new Semaphore(IN_FLIGHT);

    @Override
    public String name() {
        return "9 long prompts";
    }

    @Override
    public String what() {
        return "asks questions of " + TOO_LONG + " characters about new pictures, and long ones that it cancels after "
                + CANCEL_MILLIS + " ms";
    }

    @Override
    public void prepare(Scene scene) throws IOException {
        scene.target("talker");
    }

    @Override
    public void run(Scene scene) throws IOException, InterruptedException {
        try (TandemClient link = TandemClient.connect(scene.client("talker"))) {
            while (!scene.over()) {
                ask(scene, link, question(scene, TOO_LONG));
                Exchange cancelled = ask(scene, link, question(scene, LONG));
                TimeUnit.MILLISECONDS.sleep(CANCEL_MILLIS);
                cancelled.cancel();
                scene.struck();
            }
        } catch (PeerException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    private static AskRequest question(Scene scene, int characters) {
        AskRequest about = scene.question();
        Task task = new Task.Question(WORDS.repeat(characters / WORDS.length() + 1).substring(0, characters), 1);
        return AskRequest.of(task.code(), task.body()).withPoint(about.pointName()).withSlices(about.slices(),
                about.need());
    }

    private Exchange ask(Scene scene, TandemClient link, AskRequest question) throws InterruptedException {
        room.acquire();
        long sent = System.nanoTime();
        boolean refusable = question.body().length > TOO_LONG;
        Exchange exchange = link.ask(question, PoliteDevice.NOBODY);
        exchange.answer().whenComplete((summary, failure) -> {
            scene.said(failure == null ? "an answer" : failure.getMessage());
            if (refusable && failure != null && scene.counts()) {
                refusals.add((System.nanoTime() - sent) / 1e6);
            }
            room.release();
        });
        return exchange;
    }

    @Override
    public List<Criterion> criteria(Scene scene) {
        Quantiles times = Quantiles.of(refusals.stream().mapToDouble(Double::doubleValue));
        return List.of(Criterion.told("questions too long refused", times.size()),
                Criterion.told("median ms until that", times.median()));
    }
}
