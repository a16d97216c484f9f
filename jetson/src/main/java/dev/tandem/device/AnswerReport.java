package dev.tandem.device;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/** An answer's cost, for a person and for a machine. */
final class AnswerReport {
    private AnswerReport() {
    }

    /** One line: bytes, tokens, where the milliseconds went. */
    static String line(DeviceAnswer answer) {
        return String.format(Locale.ROOT,
                "%s%d bytes in %d slices (%d on the wire), %d of %d tokens; device %.0f ms, link %.0f ms, edge %.0f ms, "
                        + "first word after %.0f ms, all %.0f ms",
                answer.point().isEmpty() ? "" : answer.point() + ": ", answer.sliceBytes(), answer.slices(),
                answer.wire().written(), answer.edge().tokensUsed(), answer.edge().tokensTotal(),
                millis(answer.encodeNanos()), millis(answer.linkNanos()),
                millis(answer.edgeNanos()), millis(answer.firstWordNanos()),
                millis(answer.totalNanos()));
    }

    /** One object; times in nanoseconds. */
    static ObjectNode json(String question, DeviceAnswer answer) {
        ObjectNode root = new ObjectMapper().createObjectNode().put("question", question).put("answer", answer.text())
                .put("point", answer.point()).put("slices", answer.slices()).put("sliceBytes", answer.sliceBytes())
                .put("frameBytes", answer.frameBytes()).put("wireBytesUp", answer.wire().written())
                .put("wireBytesDown", answer.wire().read()).put("tokensUsed", answer.edge().tokensUsed())
                .put("tokensTotal", answer.edge().tokensTotal()).put("answerTokens", answer.edge().words())
                .put("promptTokens", answer.edge().promptTokens()).put("encodeNanos", answer.encodeNanos())
                .put("linkNanos", answer.linkNanos()).put("firstWordNanos", answer.firstWordNanos())
                .put("totalNanos", answer.totalNanos());
        root.set("deviceNanos", times(answer.deviceNanos()));
        root.set("edgeNanos", times(answer.edge().stageNanos()));
        return root;
    }

    private static ObjectNode times(Map<String, Long> nanos) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        nanos.forEach(node::put);
        return node;
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
