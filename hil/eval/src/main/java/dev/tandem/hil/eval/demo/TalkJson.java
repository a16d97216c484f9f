package dev.tandem.hil.eval.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.device.DeviceAnswer;
import dev.tandem.device.DeviceRequest;
import dev.tandem.device.MadeBy;
import dev.tandem.hil.eval.link.Times;
import dev.tandem.task.Label;
import dev.tandem.task.Task;
import java.util.Optional;

/** The lines of a talk for machines, one object each. */
final class TalkJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TalkJson() {
    }

    /** One that was answered, with its cost. */
    static ObjectNode answered(Shot shot, DeviceRequest request, DeviceAnswer answer, Optional<Keeper.Kept> kept,
            EqualAccuracy equal, long jpegBytes) {
        Times times = Times.of(answer);
        ObjectNode node = asked(shot, request.task());
        if (request.task() instanceof Task.Question) {
            node.put("answer", answer.text());
        }
        if (!answer.labels().isEmpty()) {
            ArrayNode labels = node.putArray("labels");
            for (Label label : answer.labels()) {
                labels.addObject().put("class", label.index()).put("name", label.name()).put("probability",
                        label.probability());
            }
        }
        switch (answer.madeBy()) {
            case MadeBy.Edge edge -> node.put("where", "edge").put("head", edge.head());
            case MadeBy.Device here -> node.put("where", "device").put("why", here.why());
        }
        kept.ifPresent(one -> {
            node.put("file", one.file().toString());
            one.counts().forEach(node::put);
        });
        return node.put("point", answer.point()).put("bytes", Cost.of(answer)).put("jpegBytes", jpegBytes)
                .put("jpegQuality", equal.jpegQuality()).put("jpegSource", equal.source())
                .put("units", answer.edge().count("used")).put("deviceMillis", times.device())
                .put("linkMillis", times.link()).put("edgeMillis", times.edge())
                .put("firstPartMillis", times.firstPart()).put("answerMillis", times.answer());
    }

    private static ObjectNode asked(Shot shot, Task task) {
        ObjectNode node = MAPPER.createObjectNode().put("picture", shot.name()).put("task", task.word());
        return task instanceof Task.Question question ? node.put("question", question.text()) : node;
    }

    /** One that got no answer. */
    static ObjectNode lost(Shot shot, Task task, String problem) {
        return asked(shot, task).put("problem", problem);
    }
}
