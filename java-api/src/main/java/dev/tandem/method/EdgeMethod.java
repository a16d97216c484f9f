package dev.tandem.method;

import dev.tandem.method.tokens.TokenSet;
import dev.tandem.pack.OperatingPoint;
import java.util.List;

/**
 * The edge half of a method: slices in, tokens out. One thread at a time; close on the thread that made it.
 */
public interface EdgeMethod extends AutoCloseable {
    /**
     * Decodes what arrived. {@code slices} may be any subset in any order; the tokens that they hold come back.
     *
     * @throws dev.tandem.entropy.CorruptBitstreamException if a slice is damaged, or too few arrived for the method
     */
    TokenSet decode(List<byte[]> slices, OperatingPoint op);

    @Override
    void close();
}
