package dev.tandem.hil.eval;

import dev.tandem.transport.frame.FrameHeader;
import java.util.Collection;
import java.util.List;

/**
 * What a question costs at one point, in bytes up; means, the picture's over pictures, the question's over questions.
 * Frames are exact. What encryption and the network add is derived: over QUIC each packet has 20 bytes of IPv4, 8 of
 * UDP and 30 of QUIC (header, connection id, packet number, type and length, tag) beside its frames, and the answer is
 * acknowledged. Repeats are not in it: a busy edge makes a device ask twice (docs/results/evaluation.md).
 *
 * @param slices what the method made of the picture
 * @param picture the same with the headers of their frames
 * @param question that and the frame that asks: all frames
 * @param encrypted all that leaves: frames, packets' headers and tags, acknowledgements
 * @param known of {@code slices}, those that both ends could know beforehand; null where no picture file is sent
 */
record PointCost(double slices, double picture, double question, double encrypted, Double known) {
    /** IPv4, UDP and QUIC. */
    static final int PACKET = 20 + 8 + 30;
    /** Of an answer of a word or two: two packets with nothing else in them. */
    static final int ACKNOWLEDGEMENTS = 2 * 60;

    /**
     * @param sent an outcome of each picture
     * @param asked all outcomes
     */
    static PointCost of(Collection<Outcome> sent, List<Outcome> asked) {
        double picture = sent.stream().mapToLong(Outcome::wireBytes).average().orElse(0);
        double headers = sent.stream().mapToInt(one -> one.slices() * FrameHeader.BYTES).average().orElse(0);
        double question = picture + asked.stream().mapToInt(Outcome::askBytes).average().orElse(0);
        boolean files = sent.stream().anyMatch(one -> one.knownBytes() >= 0);
        return new PointCost(picture - headers, picture, question,
                question + asked.stream().mapToInt(PointCost::beside).average().orElse(0),
                files ? sent.stream().mapToInt(one -> Math.max(0, one.knownBytes())).average().orElse(0) : null);
    }

    private static int beside(Outcome one) {
        return one.packets() == 0 ? 0 : one.packets() * PACKET + ACKNOWLEDGEMENTS;
    }
}
