package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What readers say, and what is made of it. */
class DecodingNotesTest {
    @Test
    void whatIsCutOffIsToldFromWhatIsDamaged() {
        assertTrue(DecodingNotes.cutOff(new EOFException()));
        assertTrue(DecodingNotes.cutOff(new IllegalStateException(new IOException(new EOFException("end")))));
        assertTrue(DecodingNotes.cutOff(new IOException("Decode returned code VP8_STATUS_NOT_ENOUGH_DATA")));
        assertTrue(DecodingNotes.cutOff(new IOException("Decode returned code VP8_STATUS_SUSPENDED")));
        assertTrue(DecodingNotes.cutOff(new RuntimeException("a", new IOException("VP8_STATUS_SUSPENDED"))));
        assertFalse(DecodingNotes.cutOff(new IOException("Decode returned code VP8_STATUS_BITSTREAM_ERROR")));
        assertFalse(DecodingNotes.cutOff(new IllegalArgumentException(new IOException("Bogus Huffman table"))));
        assertFalse(DecodingNotes.cutOff(new IndexOutOfBoundsException()));
    }

    @Test
    void theInnermostExceptionSpeaksByItsWordsOrItsKind() {
        assertEquals("bad code", DecodingNotes.words(new RuntimeException("outer", new IOException("bad code"))));
        assertEquals("EOFException", DecodingNotes.words(new IOException("outer", new EOFException())));
        assertEquals("IndexOutOfBoundsException", DecodingNotes.words(new IOException("outer",
                new IndexOutOfBoundsException("Index 5 out of bounds for length 5"))));
    }

    @Test
    void onlyAllOfAPictureReachesItsLastRow() {
        DecodingNotes notes = new DecodingNotes();
        assertFalse(notes.lastRow());
        notes.imageProgress(null, 99.9f);
        assertFalse(notes.lastRow());
        notes.imageProgress(null, 100);
        assertTrue(notes.lastRow());
    }

    @Test
    void warningsAreKeptOnceInOrder() {
        DecodingNotes notes = new DecodingNotes();
        notes.warningOccurred(null, "two");
        notes.warningOccurred(null, "one");
        notes.warningOccurred(null, "two");
        assertEquals(List.of("two", "one"), List.copyOf(notes.warnings()));
        assertFalse(notes.dataEnded());
        notes.warningOccurred(null, "Corrupt JPEG data: premature end of data segment");
        assertTrue(notes.dataEnded());
    }
}
