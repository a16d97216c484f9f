package dev.tandem.method;

import java.util.List;

/**
 * The decoding of one picture, slice by slice as they come. One thread at a time, not always the same one; what is
 * left of it goes with the object.
 */
public interface Decoding {
    /**
     * Decodes slices, in any order, each index once. A damaged one, or one that contradicts the first good one, is
     * dropped with a log line. Needs no engine, so that it never waits for a model.
     */
    void add(List<Slice> slices);

    /**
     * What the slices that were added hold together. On the thread of the half.
     *
     * @throws dev.tandem.entropy.CorruptBitstreamException if that is nothing, or too little for the method
     */
    Evidence evidence();
}
