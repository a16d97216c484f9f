package dev.tandem.method.patches;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.PlainSlice;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The first slice: which patches a picture sends, and what the device takes it for (docs/bitstream.md, section 12.1).
 *
 * @param point   id of the operating point
 * @param patches not to be changed
 */
record PatchMap(int point, Code code, Guess guess, BitSet patches) {
    private static final byte KIND = 'm';
    private static final int HEADER = 3;
    private static final int GUESS_BYTES = 3;
    private static final int MAP_BYTES = PatchGrid.MOST_PATCHES / Byte.SIZE;
    private static final String WHAT = "map of patches";

    byte[] write() {
        int guesses = guess.classes().length;
        ByteBuffer slice = PlainSlice.start(KIND, 1 + HEADER + GUESS_BYTES * guesses + MAP_BYTES);
        slice.put((byte) point).put((byte) code.ordinal()).put((byte) guesses);
        for (int g = 0; g < guesses; g++) {
            slice.putShort((short) guess.classes()[g]).put((byte) guess.probabilities()[g]);
        }
        slice.put(Arrays.copyOf(patches.toByteArray(), MAP_BYTES));
        return PlainSlice.seal(slice);
    }

    /**
     * Reads one, for a picture of so many patches and a classifier of so many classes.
     *
     * @throws CorruptBitstreamException for anything that is no such map
     */
    static PatchMap read(byte[] slice, int count, int classes) {
        ByteBuffer in = PlainSlice.open(slice, KIND, HEADER + MAP_BYTES);
        int point = in.get() & 0xff;
        int code = in.get() & 0xff;
        require(code < Code.values().length, 2, "a code below " + Code.values().length, code);
        int guesses = in.get() & 0xff;
        require(guesses <= PatchKnobs.MOST_GUESSES, 3, "at most " + PatchKnobs.MOST_GUESSES + " classes", guesses);
        require(in.remaining() == GUESS_BYTES * guesses + MAP_BYTES, 4, guesses + " classes and a map of "
                + MAP_BYTES + " bytes", in.remaining() + " bytes");
        Guess guess = new Guess(new int[guesses], new int[guesses]);
        BitSet seen = new BitSet();
        for (int g = 0; g < guesses; g++) {
            int number = in.getShort() & 0xffff;
            require(number < classes && !seen.get(number), in.position(), "a class below " + classes + ", once",
                    number);
            seen.set(number);
            guess.classes()[g] = number;
            guess.probabilities()[g] = in.get() & 0xff;
        }
        BitSet patches = BitSet.valueOf(in);
        require(!patches.isEmpty() && patches.length() <= count, in.position(), "a map of 1 to " + count + " patches",
                patches);
        return new PatchMap(point, Code.values()[code], guess, patches);
    }

    private static void require(boolean holds, int at, String expected, Object found) {
        if (!holds) {
            throw new CorruptBitstreamException(WHAT, at, expected, String.valueOf(found));
        }
    }
}
