package dev.tandem.transport.frame;

/**
 * ASK: opens an exchange.
 *
 * @param operatingPointId id in the pack; 0: by name
 * @param slices SLICE frames that follow
 * @param deadlineMillis 0: the edge's longest
 * @param decodeWaitMillis how long the edge waits for missing slices before it answers without them; 0: for all
 * @param answerTokenLimit 0: the edge's own
 * @param operatingPointName up to 255 bytes; empty when the id is given
 * @param question up to 65,535 bytes
 */
public record Ask(int operatingPointId, int slices, int deadlineMillis, int decodeWaitMillis, int answerTokenLimit,
        String operatingPointName, String question) {

    public Frame toFrame(long exchange) {
        byte[] payload = new PayloadWriter().u16(operatingPointId).u16(slices).u32(deadlineMillis).u32(decodeWaitMillis)
                .u16(answerTokenLimit).str8(operatingPointName).str16(question).done();
        return Frame.of(FrameType.ASK, exchange, payload);
    }

    /** FrameException when the payload is not an ASK. */
    public static Ask read(Frame frame) {
        PayloadReader in = new PayloadReader(frame, FrameType.ASK);
        Ask ask = new Ask(in.u16(), in.u16(), in.count(), in.count(), in.u16(), in.str8(), in.str16());
        in.end();
        if (ask.operatingPointId == 0 == ask.operatingPointName.isEmpty()) {
            throw FrameException.malformed("ASK operating point",
                    ask.operatingPointId + " and \"" + ask.operatingPointName + "\"", "an id or a name, not both");
        }
        return ask;
    }
}
