package dev.tandem.entropy;

/** The few bytes in front of a slice's stream (docs/bitstream.md, section 6). */
final class SliceHeader {
    /** More tokens than any picture has; bounds what a decoder allocates. */
    static final int MAX_TOKENS = 4096;

    private SliceHeader() {
    }
}
