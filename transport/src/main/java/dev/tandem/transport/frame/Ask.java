package dev.tandem.transport.frame;

/**
 * ASK: opens an exchange. The body is not copied: nobody changes it afterwards.
 *
 * @param pointId operating point's id in the pack; 0: by name, or none
 * @param slices SLICE frames that follow
 * @param tiles crops that the slices belong to; 0 without slices
 * @param need what must be here before answering can begin
 * @param deadlineMillis 0: the edge's longest
 * @param decodeWaitMillis how long the edge waits for missing slices before it answers without them; 0: for all
 * @param pointName up to 255 bytes; empty when the id is given, or there is no point
 * @param head which head of the pack shall answer, up to 255 bytes; empty: whichever can
 * @param task what is asked for, 0 to 255; the link does not know what it means
 * @param body of the task, up to 65,535 bytes
 */
public record Ask(int pointId, int slices, int tiles, Need need, int deadlineMillis, int decodeWaitMillis,
        String pointName, String head, int task, byte[] body) {
    /** The longest body of a task. */
    public static final int MAX_BODY_BYTES = 0xFFFF;

    public Frame toFrame(long exchange) {
        byte[] payload = new PayloadWriter().u16(pointId).u16(slices).u8(tiles).u8(need.code()).u32(deadlineMillis)
                .u32(decodeWaitMillis).str8(pointName).str8(head).u8(task).bytes(body).done();
        return Frame.of(FrameType.ASK, exchange, payload);
    }

    /** FrameException when the payload is not an ASK. */
    public static Ask read(Frame frame) {
        PayloadReader in = new PayloadReader(frame, FrameType.ASK);
        Ask ask = new Ask(in.u16(), in.u16(), in.u8(), need(in.u8()), in.count(), in.count(), in.str8(), in.str8(),
                in.u8(), in.rest());
        boolean both = ask.pointId != 0 && !ask.pointName.isEmpty();
        boolean none = ask.pointId == 0 && ask.pointName.isEmpty();
        if (both || none && ask.slices > 0) {
            throw FrameException.malformed("ASK operating point of " + ask.slices + " slices",
                    ask.pointId + " and \"" + ask.pointName + "\"", "an id or a name, not both; none without slices");
        }
        if (ask.slices == 0 != (ask.tiles == 0)) {
            throw FrameException.malformed("ASK tiles of " + ask.slices + " slices", ask.tiles,
                    "at least 1 where there are slices, else 0");
        }
        if (ask.body.length > MAX_BODY_BYTES) {
            throw FrameException.malformed("ASK task bytes", ask.body.length, "at most " + MAX_BODY_BYTES);
        }
        return ask;
    }

    private static Need need(int code) {
        Need need = Need.of(code);
        if (need == null) {
            throw FrameException.malformed("ASK need", code, "0 any, 1 the first, 2 all");
        }
        return need;
    }
}
