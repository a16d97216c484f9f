package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.method.Decoding;
import dev.tandem.method.Evidence;
import dev.tandem.method.Point;
import dev.tandem.method.Slice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Slices of one exchange, with an executor that runs when it is told to. */
class SliceFeedTest {
    private static final Point POINT = new Point(1, "p", "m", null);

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<List<Integer>> batches = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final List<Request.Picture> pictures = new ArrayList<>();
    private int rests;
    private final SliceFeed feed = feed();
    private Runnable overdue;
    private final Decoding decoding = new Decoding() {
        @Override
        public void add(List<Slice> slices) {
            batches.add(slices.stream().map(Slice::index).toList());
            if (slices.getFirst().bytes().length == 0) {
                throw new AssertionError("broken");
            }
        }

        @Override
        public Evidence evidence() {
            throw new AssertionError("asked on the model thread only");
        }
    };

    private SliceFeed feed() {
        return new SliceFeed(this::execute, POINT, 4, 1, failures::add, () -> rests++);
    }

    private void execute(Runnable task, Runnable late) {
        tasks.add(task);
        overdue = late;
    }

    @Test
    void slicesThatWaitAreDecodedTogether() {
        feed.decodeWith(CompletableFuture.completedFuture(decoding));
        feed.add(List.of(slice(0)));
        assertEquals(List.of(), batches, "nothing is decoded by who brings it");
        feed.add(List.of(slice(1), slice(2)));
        assertEquals(1, tasks.size(), "one batch at a time");
        run();
        feed.add(List.of(slice(3)));
        feed.finish(pictures::add);
        run();
        assertEquals(List.of(List.of(0, 1, 2), List.of(3)), batches);
        assertEquals(1, pictures.size());
        assertSame(decoding, pictures.getFirst().decoding());
        assertTrue(pictures.getFirst().sliceNanos() > 0);
    }

    @Test
    void slicesWaitForWhatDecodesThem() {
        CompletableFuture<Decoding> opening = new CompletableFuture<>();
        feed.decodeWith(opening);
        feed.add(List.of(slice(0)));
        feed.finish(pictures::add);
        run();
        assertEquals(List.of(), pictures);
        opening.complete(decoding);
        run();
        assertEquals(List.of(List.of(0)), batches);
        assertEquals(1, pictures.size());
    }

    @Test
    void whatNobodyWaitsForIsNotDecoded() {
        feed.decodeWith(CompletableFuture.completedFuture(decoding));
        feed.add(List.of(slice(0)));
        feed.finish(pictures::add);
        feed.drop();
        feed.add(List.of(slice(1)));
        run();
        assertEquals(List.of(), batches);
        assertEquals(List.of(), pictures);
    }

    @Test
    void aFailureIsToldOnceAndNothingFollows() {
        feed.decodeWith(CompletableFuture.completedFuture(decoding));
        feed.add(List.of(new Slice(0, 0, new byte[0])));
        run();
        feed.add(List.of(slice(1)));
        feed.finish(pictures::add);
        run();
        assertEquals(List.of("broken"), failures.stream().map(Throwable::getMessage).toList());
        assertEquals(1, batches.size());
        assertEquals(List.of(), pictures);
    }

    @Test
    void whatTakesTooLongFailsInWordsAndIsLeftAlone() {
        feed.decodeWith(CompletableFuture.completedFuture(decoding));
        feed.add(List.of(slice(0)));
        feed.finish(pictures::add);
        overdue.run();
        overdue.run();
        run();
        assertEquals(1, failures.size());
        assertTrue(failures.getFirst().getMessage().contains("took longer than [2000] ms"), failures.toString());
        assertEquals(List.of(), pictures);
    }

    @Test
    void whyThereIsNoDecodingIsToldInItsOwnWords() {
        CompletableFuture<Decoding> opening = new CompletableFuture<>();
        feed.decodeWith(opening.thenApply(opened -> opened));
        opening.completeExceptionally(new IllegalArgumentException("no such tile"));
        assertEquals(List.of("no such tile"), failures.stream().map(Throwable::getMessage).toList());
    }

    /** Between batches it can be looked at, and nothing is decoded meanwhile. */
    @Test
    void whatIsDecodedIsLentWhileItRests() {
        assertEquals(Optional.empty(), feed.lend(with -> 1), "nothing decodes yet");
        feed.decodeWith(CompletableFuture.completedFuture(decoding));
        feed.add(List.of(slice(0)));
        assertEquals(Optional.empty(), feed.lend(with -> 1), "a batch waits");
        assertEquals(0, rests);
        run();
        assertEquals(1, rests);
        assertEquals(Optional.of(7), feed.lend(with -> {
            assertSame(decoding, with);
            feed.add(List.of(slice(1)));
            assertEquals(0, tasks.size(), "while it is lent");
            assertEquals(Optional.empty(), feed.lend(same -> 1));
            return 7;
        }));
        run();
        assertEquals(List.of(List.of(0), List.of(1)), batches, "what came meanwhile is decoded behind it");
        assertThrows(IllegalStateException.class, () -> feed.lend(with -> {
            throw new IllegalStateException();
        }));
        feed.finish(pictures::add);
        assertEquals(Optional.empty(), feed.lend(with -> 1), "the end is due");
        run();
        assertEquals(1, pictures.size());
        assertEquals(Optional.empty(), feed.lend(with -> 1), "it is somebody else's");
        assertEquals(2, rests);
    }

    @Test
    void whatNobodyWaitsForIsNotLent() {
        feed.decodeWith(CompletableFuture.completedFuture(decoding));
        feed.add(List.of(slice(0)));
        run();
        feed.drop();
        assertEquals(Optional.empty(), feed.lend(with -> 1));
    }

    @Test
    void thePictureIsTheSameInWhateverOrderItsSlicesCame() {
        PictureKey forwards = key(feed(), slice(0), slice(1));
        assertEquals(forwards, key(feed(), slice(1), slice(0)));
        assertNotEquals(forwards, key(feed(), slice(0)));
        assertNotEquals(forwards, key(feed(), slice(0), new Slice(1, 0, new byte[]{7})));
        assertNotEquals(forwards, key(feed(), slice(0), new Slice(1, 1, slice(1).bytes())));
        assertNotEquals(forwards,
                key(new SliceFeed(this::execute, POINT, 5, 1, failures::add, () -> rests++), slice(0), slice(1)));
        assertNotEquals(forwards,
                key(new SliceFeed(this::execute, POINT, 4, 2, failures::add, () -> rests++), slice(0), slice(1)));
        assertNotEquals(forwards,
                key(new SliceFeed(this::execute, new Point(2, "q", "m", null), 4, 1, failures::add, () -> rests++),
                        slice(0), slice(1)));
    }

    private PictureKey key(SliceFeed of, Slice... slices) {
        of.decodeWith(CompletableFuture.completedFuture(decoding));
        for (Slice slice : slices) {
            of.add(List.of(slice));
        }
        of.finish(pictures::add);
        run();
        return pictures.getLast().key();
    }

    private void run() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    private static Slice slice(int index) {
        return new Slice(index, 0, new byte[]{(byte) index, 1});
    }
}
