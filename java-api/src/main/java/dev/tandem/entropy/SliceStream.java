package dev.tandem.entropy;

/** The stream of a slice whose header and check sum are right: slice[from, from + length). */
record SliceStream(byte[] slice, SliceHeader header, OperatingStep step, int from, int length) {}
