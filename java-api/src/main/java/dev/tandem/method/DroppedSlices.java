package dev.tandem.method;

import dev.tandem.entropy.CorruptBitstreamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a picture's slices was no good. Told at debug level, the first in words and the rest as a number: whoever
 * sends damage must not fill a log with it, and the answer says how much was used. On its decoding's thread.
 */
public final class DroppedSlices {
    private static final Logger LOG = LoggerFactory.getLogger(DroppedSlices.class);

    private CorruptBitstreamException first;
    private int count;

    /** One more. */
    public void add(CorruptBitstreamException why) {
        count++;
        if (first == null) {
            first = why;
            LOG.debug("dropped a slice: {}", why.getMessage());
        }
    }

    /** At the end of a picture. */
    public void tell() {
        if (count > 1) {
            LOG.debug("dropped [{}] slices of this picture in all", count);
        }
    }

    /** Why there is nothing to answer from: the first damage, or where there was none what is missing. */
    public CorruptBitstreamException nothing(String needed, String found) {
        return first != null ? first : new CorruptBitstreamException("picture", 0, needed, found);
    }
}
