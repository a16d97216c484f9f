package dev.tandem.method;

/**
 * How a method that sends some squares of a picture cuts it, and which of them a slice holds. They lie over the
 * prepared picture ({@link Prepare}) without a gap, in raster order. Immutable; any thread.
 */
public interface Squares {
    /** Squares beside each other. */
    int columns();

    /** Squares above each other. */
    int rows();

    /** Squares of a picture. */
    int count();

    /**
     * Places in raster order of the squares that a slice holds; none where it holds something else.
     *
     * @throws dev.tandem.entropy.CorruptBitstreamException for what is no slice of the method's
     */
    int[] in(Slice slice);
}
