package dev.tandem.transport.frame;

import java.util.LinkedHashMap;
import java.util.Map;

/** DONE: an {@link AnswerSummary} on the wire. */
public final class Done {
    private Done() {
    }

    public static Frame toFrame(long exchange, AnswerSummary summary) {
        PayloadWriter out = new PayloadWriter().u16(summary.slicesUsed()).u16(summary.slicesAnnounced())
                .u64(summary.bytesReceived()).str8(summary.head());
        write(out, summary.counts());
        write(out, summary.stageNanos());
        return Frame.of(FrameType.DONE, exchange, out.done());
    }

    /** FrameException when the payload is not a DONE. */
    public static AnswerSummary read(Frame frame) {
        PayloadReader in = new PayloadReader(frame, FrameType.DONE);
        int slicesUsed = in.u16();
        int slicesAnnounced = in.u16();
        long bytesReceived = in.count64();
        String head = in.str8();
        Map<String, Long> counts = values(in, "counts", AnswerSummary.MAX_COUNTS);
        Map<String, Long> stages = values(in, "stages", AnswerSummary.MAX_STAGES);
        in.end();
        try {
            return new AnswerSummary(head, counts, stages, bytesReceived, slicesUsed, slicesAnnounced);
        } catch (IllegalArgumentException e) {
            throw FrameException.malformed("DONE", e.getMessage(), "a summary within docs/wire.md");
        }
    }

    private static void write(PayloadWriter out, Map<String, Long> values) {
        out.u8(values.size());
        values.forEach((name, value) -> out.str8(name).u64(value));
    }

    /** Names with a value each; how many is checked before any is kept. */
    private static Map<String, Long> values(PayloadReader in, String what, int most) {
        int count = in.u8();
        if (count > most) {
            throw FrameException.malformed("DONE " + what, count, "at most " + most);
        }
        Map<String, Long> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = in.str8();
            if (values.put(name, in.count64()) != null) {
                throw FrameException.malformed("DONE " + what, name, "each name once");
            }
        }
        return values;
    }
}
