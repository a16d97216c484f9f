package dev.tandem.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.task.MalformedTaskException;
import dev.tandem.task.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PartsInboxTest {
    private static final byte[] WORD = new Part.Words("x").body();
    private final PartsInbox inbox = new PartsInbox();

    @Test
    void partsArePassedOnInOrderAndTheAnswerComesLast() throws InterruptedException {
        inbox.part(Part.Words.CODE, new Part.Words("a").body());
        inbox.part(Part.Words.CODE, new Part.Words("b").body());
        List<Part> parts = new ArrayList<>();
        assertEquals(7, inbox.drain(CompletableFuture.completedFuture(7), parts::add));
        assertEquals(List.of(new Part.Words("a"), new Part.Words("b")), parts);
    }

    @Test
    void whatTheAnswerFailsWithIsThrown() {
        var failure = new IllegalArgumentException("no");
        assertEquals(failure, assertThrows(IllegalArgumentException.class,
                () -> inbox.drain(CompletableFuture.failedFuture(failure), part -> {
                })));
    }

    @Test
    void aPartThatIsNoneIsRefused() {
        inbox.part(99, WORD);
        assertThrows(MalformedTaskException.class, () -> inbox.drain(new CompletableFuture<>(), part -> {
        }));
    }

    @Test
    void whatPilesUpIsBoundedInParts() throws InterruptedException {
        for (int i = 0; i < PartsInbox.MOST_PARTS; i++) {
            inbox.part(Part.Words.CODE, WORD);
        }
        assertThrows(IllegalStateException.class, () -> inbox.part(Part.Words.CODE, WORD));
        inbox.drain(CompletableFuture.completedFuture(0), part -> {
        });
        inbox.part(Part.Words.CODE, WORD);
    }

    @Test
    void whatPilesUpIsBoundedInBytes() {
        byte[] part = new byte[1 << 20];
        for (long bytes = 0; bytes < PartsInbox.MOST_BYTES; bytes += part.length) {
            inbox.part(Part.Picture.CODE, part);
        }
        assertThrows(IllegalStateException.class, () -> inbox.part(Part.Words.CODE, WORD));
    }
}
