package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FlightTest {
    private static final int DATAGRAM = 1_156;
    private static final Frame ASK = ask("?", 100);
    private static final Frame COPY = ask("?", 60);

    private static Frame ask(String question, int waitMillis) {
        return new Ask(1, 0, 0, Need.ANY, 0, waitMillis, "", "", 1, question.getBytes()).toFrame(7);
    }

    private static List<Frame> slices(List<Integer> bytes) {
        return IntStream.range(0, bytes.size()).mapToObj(i -> new Frame(FrameType.SLICE, 7, i, new byte[bytes.get(i)]))
                .toList();
    }

    private static SlicePlan plan(List<Integer> bytes, double share) {
        return SlicePlan.of(bytes.stream().mapToInt(i -> i).toArray(), Need.ANY, share, DATAGRAM);
    }

    @Property(tries = 500, seed = "28")
    void sendsEverythingOnceInOrderAndOnlyCopiesOfItAgain(
            @ForAll @Size(max = 30) List<@IntRange(max = 2_000) Integer> bytes,
            @ForAll @DoubleRange(max = 1) double share, @ForAll @DoubleRange(max = 0.2) double loss) {
        List<Frame> slices = slices(bytes);
        SlicePlan plan = plan(bytes, share);
        Flight flight = Flight.of(ASK, ahead -> COPY, slices, plan, DATAGRAM, loss);
        List<Frame> first = Stream
                .concat(Stream.of(ASK), slices.stream().filter(each -> plan.reliable(each.sequence())))
                .toList();
        assertEquals(first, flight.stream().stream().flatMap(List::stream).toList());
        List<Frame> packets = flight.packets().stream().flatMap(List::stream).toList();
        List<Frame> datagrams = slices.stream().filter(each -> !plan.reliable(each.sequence())).toList();
        assertEquals(datagrams, packets.subList(0, datagrams.size()));
        List<Frame> copies = packets.subList(datagrams.size(), packets.size());
        if (loss < Flight.LOSSY || datagrams.isEmpty() && !slices.isEmpty()) {
            assertTrue(copies.isEmpty());
            return;
        }
        assertTrue(packets.stream().allMatch(each -> each.bytes() <= DATAGRAM));
        assertTrue(flight.packets().stream().allMatch(each -> each.size() == 1 || each.size() == 2));
        assertEquals(COPY, flight.packets().getLast().getFirst());
        assertTrue(copies.size() <= Flight.LEAST_PACKETS, "so much costs a burst at most");
    }

    @Test
    void sendsDenselyWhereNothingIsLost() {
        Flight flight = Flight.of(ASK, ahead -> COPY, slices(List.of(100, 90, 80, 70)),
                plan(List.of(100, 90, 80, 70), 0.25),
                DATAGRAM, 0);
        assertEquals(1, flight.stream().size());
        assertEquals(1, flight.packets().size());
    }

    @Test
    void makesMorePacketsOfASmallPictureWhereMuchIsLost() {
        List<Integer> bytes = List.of(80, 80, 80, 80, 80, 80, 80, 80);
        List<Frame> slices = slices(bytes);
        Flight flight = Flight.of(ASK, ahead -> COPY, slices, plan(bytes, 0.25), DATAGRAM, 0.05);
        assertEquals(Flight.LEAST_PACKETS, flight.stream().size() + flight.packets().size());
        assertEquals(List.of(COPY, slices.getFirst()), flight.packets().getLast());
        List<Frame> four = slices.subList(0, 4);
        flight = Flight.of(ASK, ahead -> COPY, four, plan(bytes.subList(0, 4), 0.25), DATAGRAM, 0.05);
        assertEquals(List.of(List.of(slices.get(3)), List.of(slices.get(2)), List.of(slices.get(1)),
                List.of(COPY, slices.get(0))), flight.packets().subList(3, 7), "the most important last");
    }

    @Test
    void repeatsAQuestionWithoutAPictureAndNoneThatIsTooLong() {
        assertEquals(List.of(List.of(COPY)),
                Flight.of(ASK, ahead -> COPY, List.of(), plan(List.of(), 0.25), DATAGRAM, 0.05)
                        .packets());
        Frame longer = ask("x".repeat(2_000), 0);
        assertTrue(Flight.of(longer, ahead -> longer, List.of(), plan(List.of(), 0.25), DATAGRAM, 0.05).packets()
                .isEmpty());
        assertTrue(Flight.again(longer, List.of(), DATAGRAM).isEmpty());
    }

    /** At the loss that counts as lossy, and with an ask and slices that fill a datagram to its last byte. */
    @Test
    void fillsADatagramAndStillSendsCopies() {
        List<Integer> bytes = List.of(80, DATAGRAM - FrameHeader.BYTES, 80);
        List<Frame> slices = slices(bytes);
        Flight flight = Flight.of(ASK, ahead -> COPY, slices, plan(bytes, 0.25), DATAGRAM, Flight.LOSSY);
        assertEquals(2, flight.packets().stream().filter(List.of(slices.get(1))::equals).count());
        assertEquals(List.of(COPY, slices.get(0)), flight.packets().getLast());
        Flight small = Flight.of(ASK, ahead -> COPY, List.of(), plan(List.of(), 0.25), ASK.bytes(), Flight.LOSSY);
        assertEquals(List.of(List.of(COPY)), small.packets());
    }

    @Test
    void saysHowMuchLeavesBeforeTheCopy() {
        List<Integer> bytes = List.of(80, 70);
        List<Long> ahead = new ArrayList<>();
        Flight.of(ASK, before -> {
            ahead.add(before);
            return COPY;
        }, slices(bytes), plan(bytes, 0.25), DATAGRAM, 0.05);
        long slices = 2 * (FrameHeader.BYTES + Flight.PACKET_BYTES) + 80 + 70;
        long copyOfTheSecond = FrameHeader.BYTES + Flight.PACKET_BYTES + 70;
        assertEquals(List.of(ASK.bytes() + Flight.PACKET_BYTES + slices + copyOfTheSecond), ahead);
    }

    @Test
    void offersAgainWhatADatagramTakes() {
        List<Frame> slices = slices(List.of(80, 5_000, 70));
        List<List<Frame>> again = Flight.again(COPY, slices, DATAGRAM);
        assertEquals(List.of(List.of(COPY, slices.get(0)), List.of(slices.get(2))), again);
        assertFalse(Flight.again(COPY, slices(List.of(5_000)), DATAGRAM).getFirst().size() > 1);
    }
}
