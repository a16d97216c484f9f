package dev.tandem.hil.eval.demo;

import dev.tandem.device.DeviceAgent;
import dev.tandem.device.DeviceAnswer;
import dev.tandem.device.DeviceRequest;
import dev.tandem.device.MadeBy;
import dev.tandem.method.Point;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import dev.tandem.transport.session.PeerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/**
 * Asks, prints the answer as it comes, and says what it cost. A task whose answer the link lost is said and counted,
 * and the talk goes on.
 */
final class DemoTalk {
    private static final String LINE = System.lineSeparator();

    private final DeviceAgent device;
    private final Point point;
    private final Cost cost;
    private final PrintWriter out;
    private final boolean json;
    private final Keeper keeper;
    private int here;
    private int lost;

    DemoTalk(DeviceAgent device, Point point, Cost cost, Keeper keeper, PrintWriter out, boolean json) {
        this.keeper = keeper;
        this.device = device;
        this.point = point;
        this.cost = cost;
        this.out = out;
        this.json = json;
    }

    /** Every question of one picture. */
    void about(Shot shot) throws InterruptedException, IOException {
        head(shot);
        for (String question : shot.questions()) {
            say("  ? " + question + LINE + "  > ");
            ask(shot, DeviceRequest.about(shot.image(), new Task.Question(question, 0)));
        }
    }

    /**
     * What is in the picture, by class, with so many labels.
     *
     * @param by which head answers; empty: the first that can
     * @return empty where there was no answer
     */
    Optional<DeviceAnswer> classify(Shot shot, int top, String by) throws InterruptedException, IOException {
        head(shot);
        say("  classify" + (by.isEmpty() ? "" : ", by " + by) + LINE);
        return ask(shot, DeviceRequest.about(shot.image(), new Task.Classify(top)).withHead(by));
    }

    /** The picture, restored from what was sent of it, with that longest side. */
    Optional<DeviceAnswer> preview(Shot shot, int side) throws InterruptedException, IOException {
        head(shot);
        say("  restore the picture" + LINE);
        return ask(shot, DeviceRequest.about(shot.image(), new Task.Preview(side)));
    }

    /** Whether answers stand on the very same slices. */
    void compare(List<DeviceAnswer> answers) {
        say(TalkWords.compared(answers));
    }

    private void head(Shot shot) {
        say(LINE + shot.name() + ", " + shot.image().width() + " x " + shot.image().height() + LINE);
    }

    private Optional<DeviceAnswer> ask(Shot shot, DeviceRequest request) throws InterruptedException, IOException {
        long jpegBytes = cost.jpeg(shot.image(), request.task());
        DeviceAnswer answer;
        try {
            answer = device.ask(request.withPoint(point), this::stream);
        } catch (PeerException none) {
            lose(shot, request.task(), none);
            return Optional.empty();
        }
        Optional<Keeper.Kept> kept = keeper.keep(shot, answer);
        long bytes = Cost.of(answer);
        cost.count(bytes, jpegBytes);
        here += answer.madeBy() instanceof MadeBy.Device ? 1 : 0;
        if (json) {
            out.println(TalkJson.answered(shot, request, answer, kept, cost.equal(), jpegBytes));
            out.flush();
        } else {
            say(TalkWords.of(answer, cost.beside(bytes, jpegBytes)));
            kept.ifPresent(one -> say("    " + one.words() + ": " + one.file() + LINE));
        }
        return Optional.of(answer);
    }

    private void lose(Shot shot, Task task, PeerException none) {
        lost++;
        if (json) {
            out.println(TalkJson.lost(shot, task, none.getMessage()));
            out.flush();
        } else {
            say(LINE + "    no answer: " + none.getMessage() + LINE);
        }
    }

    /** Tasks that got no answer. */
    int lost() {
        return lost;
    }

    private void stream(Part part) {
        say(TalkWords.of(part));
    }

    /** What it came to. */
    void end() {
        String sum = cost.sum();
        if (!sum.isEmpty()) {
            say(LINE + sum + LINE);
        }
        if (here > 0) {
            say(here + " answered on the device" + LINE);
        }
        if (lost > 0) {
            say(LINE + lost + " got no answer" + LINE);
        }
    }

    private void say(String words) {
        if (!json) {
            out.print(words);
            out.flush();
        }
    }
}
