package dev.tandem.device;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An answer and its cost, for a person and for a machine. */
final class AnswerReport {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private AnswerReport() {
    }

    /** One line: who answered, bytes, evidence, where the milliseconds went. */
    static String line(DeviceAnswer answer) {
        String sent = answer.madeBy() instanceof MadeBy.Edge
                ? String.format(Locale.ROOT, "%d bytes in %d slices (%d on the wire), %d of %d used",
                        answer.sliceBytes(), answer.slices(), answer.wire().written(), answer.edge().count("used"),
                        answer.edge().count("total"))
                : "nothing came over the link";
        return String.format(Locale.ROOT,
                "%s%s; %s; device %.0f ms, link %.0f ms, edge %.0f ms, first part after %.0f ms, all %.0f ms",
                answer.point().isEmpty() ? "" : answer.point() + ": ", answer.madeBy().words(), sent,
                millis(answer.encodeNanos()), millis(answer.linkNanos()), millis(answer.edgeNanos()),
                millis(answer.firstPartNanos()), millis(answer.totalNanos()));
    }

    /** Names and probabilities in percent, a line each. */
    static String table(List<Label> labels) {
        int width = labels.stream().mapToInt(label -> label.name().length()).max().orElse(0);
        StringBuilder table = new StringBuilder();
        for (Label label : labels) {
            table.append(String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s  %6.2f %%%n", label.name(),
                    label.probability() * 100));
        }
        return table.toString();
    }

    /** One object; times in nanoseconds. A picture's bytes are counted, not shown. */
    static ObjectNode json(Task task, DeviceAnswer answer) {
        ObjectNode root = MAPPER.createObjectNode().put("task", task.word());
        if (task instanceof Task.Question question) {
            root.put("question", question.text());
        }
        root.put("answer", answer.text());
        ArrayNode parts = root.putArray("parts");
        answer.parts().forEach(part -> parts.add(json(part)));
        switch (answer.madeBy()) {
            case MadeBy.Edge edge -> root.put("where", "edge").put("head", edge.head());
            case MadeBy.Device device -> root.put("where", "device").put("why", device.why());
        }
        root.put("point", answer.point()).put("slices", answer.slices()).put("sliceBytes", answer.sliceBytes())
                .put("frameBytes", answer.frameBytes()).put("wireBytesUp", answer.wire().written())
                .put("wireBytesDown", answer.wire().read()).put("encodeNanos", answer.encodeNanos())
                .put("linkNanos", answer.linkNanos()).put("firstPartNanos", answer.firstPartNanos())
                .put("totalNanos", answer.totalNanos());
        root.set("counts", numbers(answer.edge().counts()));
        root.set("deviceNanos", numbers(answer.deviceNanos()));
        root.set("edgeNanos", numbers(answer.edge().stageNanos()));
        return root;
    }

    private static ObjectNode json(Part part) {
        ObjectNode node = MAPPER.createObjectNode();
        switch (part) {
            case Part.Words words -> node.put("kind", "words").put("text", words.text());
            case Part.Labels labels -> {
                ArrayNode best = node.put("kind", "labels").putArray("labels");
                labels.best().forEach(label -> best.addObject().put("class", label.index()).put("name", label.name())
                        .put("probability", label.probability()));
            }
            case Part.Picture picture -> node.put("kind", "picture").put("type", picture.type()).put("bytes",
                    picture.file().length);
        }
        return node;
    }

    private static ObjectNode numbers(Map<String, Long> values) {
        ObjectNode node = MAPPER.createObjectNode();
        values.forEach(node::put);
        return node;
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
