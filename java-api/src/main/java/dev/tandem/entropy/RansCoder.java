package dev.tandem.entropy;

import dev.tandem.foreign.MemoryAccount;

/**
 * The entropy coder over one set of tables (docs/bitstream.md, sections 3 and 4). Every implementation writes the same
 * bytes, reads the same values and refuses the same streams in the same words. Immutable, safe for several threads; the
 * writers and readers it hands out are for one thread at a time. Its owner closes it once nobody uses it any more.
 *
 * <p>Rows are given as {@code char}, an unsigned 16-bit index.
 */
public interface RansCoder extends AutoCloseable {
    /**
     * The fastest one of this machine: libtandem's where that is loaded (why not is logged when it is looked for), else
     * the plain Java one.
     *
     * @param memory counts what it holds off the heap
     */
    static RansCoder of(CdfTables tables, MemoryAccount memory) {
        return NativeRansCoder.available() ? new NativeRansCoder(tables, memory) : new ReferenceRansCoder(tables);
    }

    /** The plain Java one, oracle of every other; it holds nothing off the heap. */
    static RansCoder reference(CdfTables tables) {
        return new ReferenceRansCoder(tables);
    }

    /** The tables that it codes with. */
    CdfTables tables();

    /** A writer of one stream after another; close it when done. */
    Writer writer();

    /** A reader of streams side by side; close it when done. */
    Reader reader();

    /**
     * Gives back what it holds off the heap, writers and readers that are out as they come back. Closing twice does
     * nothing; asking a closed one for a writer or reader is an {@link IllegalStateException}.
     */
    @Override
    default void close() {
        // A coder of the heap has nothing to give back.
    }

    /** Collects values; they are coded when the stream is finished. */
    interface Writer extends AutoCloseable {
        /**
         * Adds values [valuesFrom, valuesFrom + count), modelled by rows [rowsFrom, rowsFrom + count).
         *
         * @throws IllegalArgumentException here or at {@link #finish}, for a value whose escape does not stay below
         *        2^28; the writer is then empty
         */
        void put(char[] rows, int rowsFrom, int[] values, int valuesFrom, int count);

        /** The whole stream. Empties the writer. */
        default byte[] finish() {
            return finish(0, 0);
        }

        /**
         * The whole stream with some free bytes before and after it, for what the caller puts around it. Empties the
         * writer.
         */
        byte[] finish(int before, int after);

        @Override
        void close();
    }

    /**
     * Reads up to any number of streams side by side, all of them stage by stage. A damaged one never harms another.
     */
    interface Reader extends AutoCloseable {
        /** Starts anew, with streams numbered 0..streams-1; each must then be opened. */
        void start(int streams);

        /**
         * Takes stream {@code stream} from data[offset, offset + length); the data must not change until the reader is
         * done.
         */
        void open(int stream, byte[] data, int offset, int length);

        /**
         * The next {@code counts[s]} values of every stream s.
         *
         * @param rows [streams][at least counts[s]] row of each value
         * @param values [streams][at least counts[s]] receives them; of a stream that fails, {@link #read} of them
         */
        void get(int[] counts, char[][] rows, int[][] values);

        /** Values of one stream that the last {@link #get} gave: all, or those before its failure. */
        int read(int stream);

        /** Checks that every stream ends here. */
        void finish();

        /** What is wrong with one stream; null while nothing is. */
        CorruptBitstreamException failure(int stream);

        @Override
        void close();
    }
}
