package dev.tandem.transport.frame;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** WORDS: a piece of the answer, whole characters. */
public final class Words {
    private Words() {
    }

    /** Frames for a text, as many as the cap of the type needs; none for an empty one. Sequences count on from the given one. */
    public static List<Frame> toFrames(long exchange, int firstSequence, String text) {
        List<Frame> frames = new ArrayList<>(1);
        int sequence = firstSequence;
        for (int from = 0; from < text.length();) {
            String piece = Text.cut(text.substring(from), FrameType.WORDS.maxPayloadBytes());
            frames.add(new Frame(FrameType.WORDS, exchange, sequence++ & FrameHeader.MAX_SEQUENCE,
                    piece.getBytes(StandardCharsets.UTF_8)));
            from += piece.length();
        }
        return frames;
    }

    /** The text of a WORDS frame; FrameException when it is empty or not UTF-8. */
    public static String read(Frame frame) {
        if (frame.payload().length == 0) {
            throw FrameException.malformed("WORDS payload bytes", 0, "at least 1");
        }
        return new PayloadReader(frame, FrameType.WORDS).rest();
    }
}
