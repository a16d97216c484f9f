package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.Decoding;
import dev.tandem.method.Evidence;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.Head;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Host;
import dev.tandem.method.Reading;
import dev.tandem.method.Slice;
import dev.tandem.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is read along with whom. */
class BatchTest {
    private static final Task.Classify TASK = new Task.Classify(1);
    private static final Task.Classify UNFIT = new Task.Classify(2);

    private final OpenHeads heads = new OpenHeads();
    private final Counts counts = open(new Counts("counts", true));

    private record Counted(int used, int total) implements Evidence {}

    private record Counts(String name, boolean together) implements HeadSection<Counted>, Head<Counted> {
        @Override
        public Class<Counted> reads() {
            return Counted.class;
        }

        @Override
        public Set<Class<? extends Task>> answers() {
            return Set.of(Task.Classify.class);
        }

        @Override
        public Head<Counted> open(Host host, HeadLimits limits) {
            return this;
        }

        @Override
        public List<GoldenResult> replay(Host host) {
            return List.of();
        }

        @Override
        public void check(Counted evidence, Task task) {
            if (task.equals(UNFIT)) {
                throw new IllegalArgumentException("not this");
            }
        }

        @Override
        public Object alike(Counted evidence) {
            return together ? evidence.used() : null;
        }

        @Override
        public Reading read(Counted evidence, BooleanSupplier cancelled) {
            throw new AssertionError("nothing is read here");
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private record Here(Evidence evidence) implements Decoding {
        @Override
        public void add(List<Slice> slices) {
            throw new AssertionError("all are here");
        }

        @Override
        public Evidence evidence() {
            if (evidence == null) {
                throw new CorruptBitstreamException("picture", 0, "something", "nothing");
            }
            return evidence;
        }
    }

    private Counts open(Counts head) {
        heads.open(head, null, null);
        return head;
    }

    @AfterEach
    void close() {
        heads.close();
    }

    private static Request request(String device, HeadSection<?> head, Task task, Counted evidence) {
        return new Request(device, head, task, new Request.Picture(null, new Here(evidence), 0), 0);
    }

    private List<String> with(HeadSection<?> head, int most, Stream<Request> waiting, String... known) {
        Counted own = new Counted(7, 9);
        List<Request> others = waiting.toList();
        Request first = request("first", head, TASK, own);
        Batch batch = Batch.of(first, own, () -> others, heads, most,
                request -> List.of(known).contains(request.device()));
        return batch.members().stream().map(member -> member.request().device() + " " + member.evidence().used())
                .toList();
    }

    @Test
    void takesWhatIsAlikeOfOtherDevices() {
        Counts other = open(new Counts("other", true));
        assertEquals(List.of("first 7", "b 7", "g 7"), with(counts, 9, Stream.of(
                request("first", counts, TASK, new Counted(7, 9)), request("a", counts, TASK, new Counted(8, 9)),
                request("b", counts, TASK, new Counted(7, 8)), request("c", other, TASK, new Counted(7, 9)),
                request("d", counts, TASK, null), request("e", counts, UNFIT, new Counted(7, 9)),
                request("f", counts, TASK, new Counted(7, 9)), request("g", counts, TASK, new Counted(7, 9))), "f"));
    }

    @Test
    void takesNoMoreThanThereIsRoomFor() {
        List<Request> crowd = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            crowd.add(request("d" + i, counts, TASK, new Counted(7, 9)));
        }
        assertEquals(List.of("first 7", "d0 7", "d1 7"), with(counts, 3, crowd.stream()));
        assertEquals(Batch.MOST, with(counts, 99, crowd.stream()).size());
        assertEquals(List.of("first 7"), with(counts, 1, crowd.stream()));
    }

    @Test
    void aHeadThatReadsEachAloneLooksAtNobodyElse() {
        Counts alone = open(new Counts("alone", false));
        Supplier<List<Request>> nobody = () -> {
            throw new AssertionError("asked who waits");
        };
        Counted own = new Counted(7, 9);
        assertEquals(1, Batch.of(request("first", alone, TASK, own), own, nobody, heads, 9, request -> false)
                .members().size());
        assertEquals(1, Batch.of(new Request("first", counts, TASK, null, 0), null, nobody, heads, 9,
                request -> false).members().size());
    }
}
