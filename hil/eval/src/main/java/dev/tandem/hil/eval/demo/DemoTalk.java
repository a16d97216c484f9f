package dev.tandem.hil.eval.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.device.DeviceAgent;
import dev.tandem.device.DeviceAnswer;
import dev.tandem.hil.eval.link.Times;
import dev.tandem.method.Point;
import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import dev.tandem.transport.session.PeerException;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Asks, prints the answer as it comes, and says what it cost. A task whose answer the link lost is said and counted,
 * and the talk goes on.
 */
final class DemoTalk {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINE = System.lineSeparator();

    private final DeviceAgent device;
    private final Point point;
    private final Cost cost;
    private final PrintWriter out;
    private final boolean json;
    private int lost;

    DemoTalk(DeviceAgent device, Point point, Cost cost, PrintWriter out, boolean json) {
        this.device = device;
        this.point = point;
        this.cost = cost;
        this.out = out;
        this.json = json;
    }

    /** Every question of one picture. */
    void about(Shot shot) throws InterruptedException, JsonProcessingException {
        head(shot);
        for (String question : shot.questions()) {
            say("  ? " + question + LINE + "  > ");
            ask(shot, new Task.Question(question, 0));
        }
    }

    /** What is in the picture, by class, with so many labels. */
    void classify(Shot shot, int top) throws InterruptedException, JsonProcessingException {
        head(shot);
        say("  classify" + LINE);
        ask(shot, new Task.Classify(top));
    }

    private void head(Shot shot) {
        say(LINE + shot.name() + ", " + shot.image().width() + " x " + shot.image().height() + LINE);
    }

    private void ask(Shot shot, Task task) throws InterruptedException, JsonProcessingException {
        long jpegBytes = cost.jpeg(shot.image(), task);
        DeviceAnswer answer;
        try {
            answer = device.ask(shot.image(), task, point, this::stream);
        } catch (PeerException none) {
            lose(shot, task, none);
            return;
        }
        long bytes = Cost.of(answer);
        cost.count(bytes, jpegBytes);
        if (json) {
            out.println(JSON.writeValueAsString(object(shot, task, answer, bytes, jpegBytes)));
            out.flush();
        } else {
            words(answer, bytes, jpegBytes);
        }
    }

    private void lose(Shot shot, Task task, PeerException none) throws JsonProcessingException {
        lost++;
        if (json) {
            out.println(JSON.writeValueAsString(asked(shot, task).put("problem", none.getMessage())));
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
        if (json) {
            return;
        }
        switch (part) {
            case Part.Words words -> out.print(words.text());
            case Part.Labels labels -> labels.best().forEach(label -> out.printf(Locale.ROOT, "  > %5.1f %%  %s%n",
                    100 * label.probability(), label.name()));
            case Part.Picture picture -> out.print(picture.file().length + " bytes of " + picture.type());
        }
        out.flush();
    }

    private void words(DeviceAnswer answer, long bytes, long jpegBytes) {
        Times times = Times.of(answer);
        say((answer.labels().isEmpty() ? LINE : "")
                + String.format(Locale.ROOT, "    %d bytes for %d units (%s)%s%n", bytes,
                        answer.edge().count("total"), answer.point(), cost.beside(bytes, jpegBytes))
                + String.format(Locale.ROOT,
                        "    first part after %.0f ms: device %.0f, link %.0f, edge %.0f; the rest of the answer %.0f ms%n",
                        times.firstPart(), times.device(), times.link(), times.edge(), times.answer()));
    }

    private ObjectNode object(Shot shot, Task task, DeviceAnswer answer, long bytes, long jpegBytes) {
        Times times = Times.of(answer);
        ObjectNode node = asked(shot, task);
        if (task instanceof Task.Question) {
            node.put("answer", answer.text());
        }
        if (!answer.labels().isEmpty()) {
            ArrayNode labels = node.putArray("labels");
            for (Label label : answer.labels()) {
                labels.addObject().put("class", label.index()).put("name", label.name()).put("probability",
                        label.probability());
            }
        }
        return node.put("point", answer.point()).put("bytes", bytes).put("jpegBytes", jpegBytes)
                .put("jpegQuality", cost.equal().jpegQuality()).put("jpegSource", cost.equal().source())
                .put("units", answer.edge().count("used")).put("deviceMillis", times.device())
                .put("linkMillis", times.link()).put("edgeMillis", times.edge())
                .put("firstPartMillis", times.firstPart()).put("answerMillis", times.answer());
    }

    private static ObjectNode asked(Shot shot, Task task) {
        ObjectNode node = JSON.createObjectNode().put("picture", shot.name()).put("task", task.word());
        return task instanceof Task.Question question ? node.put("question", question.text()) : node;
    }

    /** What it came to. */
    void end() {
        String sum = cost.sum();
        if (!sum.isEmpty()) {
            say(LINE + sum + LINE);
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
