package dev.tandem.method.patches;

/** How patches are coded (docs/bitstream.md, section 12); the order is that of the numbers in a map. */
enum Code {
    /** Bytes as they are. */
    RGB,
    /** Blocks of a baseline JPEG without a header. */
    JPEG,
    /** The pack's learned patch codec. */
    TRANSFORM;

    /** As packs and points name it. */
    String word() {
        return switch (this) {
            case RGB -> "rgb";
            case JPEG -> "jpeg";
            case TRANSFORM -> "transform";
        };
    }
}
