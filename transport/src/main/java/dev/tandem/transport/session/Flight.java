package dev.tandem.transport.session;

import dev.tandem.transport.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * What of a question leaves how, in order: first what its stream carries, then what datagrams do (docs/wire.md,
 * sections 6 and 7). Frames of one group may share a packet, those of two may not. Immutable.
 *
 * @param stream ASK and the slices that must arrive
 * @param packets slices, and copies on a link that loses
 */
public record Flight(List<List<Frame>> stream, List<List<Frame>> packets) {
    /** Share of packets lost lately from which the link counts as lossy: half of one in a hundred. */
    static final double LOSSY = 0.005;
    /**
     * Packets from the first question to its copy, both counted. A link that loses 5 % in bursts of five on average
     * takes twelve in a row once in 250 times, and three, which is what a small picture makes on a good link, once in
     * 33.
     */
    static final int LEAST_PACKETS = 12;
    /** What QUIC adds to the frames of a packet: header, connection id, packet number, frame type and length, tag. */
    static final int PACKET_BYTES = 30;

    /**
     * On a link without loss everything as densely as it goes. On a lossy one each frame is a packet of its own, so
     * that a burst takes few of them, and copies follow: of so many of the most important slices as make {@value
     * #LEAST_PACKETS} packets, at least one, the most important last, and with it a copy of the question.
     *
     * @param ask the question for the stream
     * @param copy makes the same for a datagram, of as many bytes, with the decode wait that is left when so many
     *        bytes, QUIC's included,
     *     have left before it
     * @param slices all of them, the most important first
     * @param datagramBytes largest frame of a datagram
     * @param loss share of packets lost lately, 0 to 1
     */
    public static Flight of(Frame ask, LongFunction<Frame> copy, List<Frame> slices, SlicePlan plan, int datagramBytes,
            double loss) {
        List<Frame> stream = new ArrayList<>(List.of(ask));
        List<Frame> datagrams = new ArrayList<>();
        slices.forEach(each -> (plan.reliable(each.sequence()) ? stream : datagrams).add(each));
        boolean whole = datagrams.isEmpty() && !slices.isEmpty();
        if (loss < LOSSY || whole || ask.bytes() > datagramBytes) {
            return new Flight(List.of(stream), datagrams.isEmpty() ? List.of() : List.of(datagrams));
        }
        List<List<Frame>> packets = new ArrayList<>(datagrams.stream().map(List::of).toList());
        int copies = Math.clamp(LEAST_PACKETS - 1L - slices.size(), 1, Math.max(1, slices.size()));
        for (int i = copies - 1; i > 0; i--) {
            if (slices.get(i).bytes() <= datagramBytes) {
                packets.add(List.of(slices.get(i)));
            }
        }
        List<List<Frame>> certain = stream.stream().map(List::of).toList();
        packets.add(first(copy.apply(bytes(certain) + bytes(packets)), slices, datagramBytes));
        return new Flight(certain, packets);
    }

    /**
     * Everything once more in datagrams, for when nothing of the first time seems to have arrived; empty when the
     * question does not fit one.
     */
    public static List<List<Frame>> again(Frame copy, List<Frame> slices, int datagramBytes) {
        if (copy.bytes() > datagramBytes) {
            return List.of();
        }
        List<List<Frame>> packets = new ArrayList<>(List.of(first(copy, slices, datagramBytes)));
        slices.stream().skip(1).filter(each -> each.bytes() <= datagramBytes)
                .forEach(each -> packets.add(List.of(each)));
        return packets;
    }

    private static long bytes(List<List<Frame>> packets) {
        return packets.stream().mapToLong(each -> each.stream().mapToLong(Frame::bytes).sum() + PACKET_BYTES).sum();
    }

    private static List<Frame> first(Frame copy, List<Frame> slices, int datagramBytes) {
        return slices.isEmpty() || slices.getFirst().bytes() > datagramBytes
                ? List.of(copy)
                : List.of(copy, slices.getFirst());
    }
}
