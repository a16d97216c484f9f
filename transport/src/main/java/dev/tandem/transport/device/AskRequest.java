package dev.tandem.transport.device;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * One question to the edge. The slices are not copied: leave them alone until the exchange has ended.
 *
 * @param question text; the edge states how many bytes it takes
 * @param operatingPointId id in the pack, 1 to 65,535; 0 when named
 * @param operatingPointName name in the pack; empty when the id is given
 * @param slices most important first; empty for a question without a picture
 * @param whole whether the slices are of use only all together, such as a JPEG's: then all of them travel on the reliable stream
 * @param decodeWait how long the edge waits for slices that may be lost, before it answers without them; zero: chosen from the link
 * @param deadline from ask to the last word; zero: the edge's longest
 * @param answerTokenLimit answer tokens at most; 0: the edge's own
 */
public record AskRequest(String question, int operatingPointId, String operatingPointName, List<byte[]> slices,
        boolean whole, Duration decodeWait, Duration deadline, int answerTokenLimit) {
    private static final int MAX_NAME_BYTES = 255;

    public AskRequest {
        slices = List.copyOf(slices);
        if (operatingPointId < 0 || operatingPointId > 0xFFFF || answerTokenLimit < 0 || answerTokenLimit > 0xFFFF) {
            throw new IllegalArgumentException("ask: operating point id [" + operatingPointId
                    + "] and answer token limit [" + answerTokenLimit + "], needed 0 to 65535");
        }
        if (operatingPointId == 0 == operatingPointName.isEmpty()) {
            throw new IllegalArgumentException("ask: operating point id [" + operatingPointId + "] and name ["
                    + operatingPointName + "], needed exactly one of them");
        }
        if (operatingPointName.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("ask: operating point name [" + operatingPointName + "], needed at most "
                    + MAX_NAME_BYTES + " bytes");
        }
        if (deadline.isNegative() || decodeWait.isNegative()) {
            throw new IllegalArgumentException("ask: deadline [" + deadline + "] and decode wait [" + decodeWait
                    + "], needed zero or more");
        }
    }

    /** A question by operating point id, with the edge's deadline and answer length. */
    public static AskRequest of(String question, int operatingPointId, List<byte[]> slices) {
        return new AskRequest(question, operatingPointId, "", slices, false, Duration.ZERO, Duration.ZERO, 0);
    }

    /** A question by operating point name, with the edge's deadline and answer length. */
    public static AskRequest of(String question, String operatingPointName, List<byte[]> slices) {
        return new AskRequest(question, 0, operatingPointName, slices, false, Duration.ZERO, Duration.ZERO, 0);
    }

    public AskRequest withDeadline(Duration value) {
        return new AskRequest(question, operatingPointId, operatingPointName, slices, whole, decodeWait,
                value, answerTokenLimit);
    }

    public AskRequest withDecodeWait(Duration value) {
        return new AskRequest(question, operatingPointId, operatingPointName, slices, whole, value, deadline,
                answerTokenLimit);
    }

    public AskRequest withWhole(boolean value) {
        return new AskRequest(question, operatingPointId, operatingPointName, slices, value, decodeWait, deadline,
                answerTokenLimit);
    }

    public AskRequest withAnswerTokenLimit(int value) {
        return new AskRequest(question, operatingPointId, operatingPointName, slices, whole, decodeWait,
                deadline, value);
    }
}
