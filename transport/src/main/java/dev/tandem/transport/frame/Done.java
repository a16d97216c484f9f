package dev.tandem.transport.frame;

import java.util.LinkedHashMap;
import java.util.Map;

/** DONE: an {@link AnswerSummary} on the wire. */
public final class Done {
    private Done() {
    }

    public static Frame toFrame(long exchange, AnswerSummary summary) {
        PayloadWriter out = new PayloadWriter().u16(summary.slicesUsed()).u16(summary.slicesAnnounced())
                .u32(summary.tokensUsed()).u32(summary.tokensTotal())
                .u32(summary.words()).u32(summary.promptTokens()).u64(summary.bytesReceived())
                .u8(summary.stageNanos().size());
        summary.stageNanos().forEach((name, nanos) -> out.str8(name).u64(nanos));
        return Frame.of(FrameType.DONE, exchange, out.done());
    }

    /** FrameException when the payload is not a DONE. */
    public static AnswerSummary read(Frame frame) {
        PayloadReader in = new PayloadReader(frame, FrameType.DONE);
        int slicesUsed = in.u16();
        int slicesAnnounced = in.u16();
        int tokensUsed = in.count();
        int tokensTotal = in.count();
        int words = in.count();
        int promptTokens = in.count();
        long bytesReceived = in.count64();
        Map<String, Long> stages = readStages(in);
        in.end();
        try {
            return new AnswerSummary(tokensUsed, tokensTotal, words, promptTokens, bytesReceived, slicesUsed,
                    slicesAnnounced, stages);
        } catch (IllegalArgumentException e) {
            throw FrameException.malformed("DONE", e.getMessage(), "a summary within docs/wire.md");
        }
    }

    private static Map<String, Long> readStages(PayloadReader in) {
        int count = in.u8();
        if (count > AnswerSummary.MAX_STAGES) {
            throw FrameException.malformed("DONE stages", count, "at most " + AnswerSummary.MAX_STAGES);
        }
        Map<String, Long> stages = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = in.str8();
            if (stages.put(name, in.count64()) != null) {
                throw FrameException.malformed("DONE stage", name, "each name once");
            }
        }
        return stages;
    }
}
