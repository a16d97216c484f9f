package dev.tandem.entropy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Turns a {@code td_rans_fault} of a stream into the exception that the plain decoder throws, word for word. */
final class RansFault {
    private static final long OFFSET = 0;
    private static final long FOUND = 8;
    private static final long REASON = 16;

    private RansFault() {
    }

    static CorruptBitstreamException of(MemorySegment memory, long at) {
        long found = memory.get(ValueLayout.JAVA_LONG, at + FOUND);
        int reason = memory.get(ValueLayout.JAVA_INT, at + REASON);
        String hex = "0x" + Long.toHexString(found);
        String[] words = switch (reason) {
            case 1 -> new String[]{"a multiple of 4 bytes, at least 8", found + " bytes"};
            case 2 -> new String[]{"a state in [2^31, 2^63)", hex};
            case 3 -> new String[]{"another word", "the end"};
            case 4 -> new String[]{"an escape of at most 7 nibbles", found + " nibbles"};
            case 5 -> new String[]{"an escape without leading zeros", (found >>> 32) + " nibbles for " + (int) found};
            case 6 -> new String[]{"the end", found + " bytes left"};
            case 7 -> new String[]{"the final state 2^31", hex};
            default -> new String[]{"a stream that libtandem can read", "reason " + reason};
        };
        return new CorruptBitstreamException("rANS stream", memory.get(ValueLayout.JAVA_LONG, at + OFFSET), words[0],
                words[1]);
    }
}
