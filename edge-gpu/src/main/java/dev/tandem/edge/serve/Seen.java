package dev.tandem.edge.serve;

import dev.tandem.method.Reading;

/**
 * What a head has read, and what it stands on. Owns the reading.
 *
 * @param used  units of the evidence (tokens, patches, bands) that were here
 * @param total units that the device sent
 */
record Seen(Reading reading, int used, int total) implements AutoCloseable {
    /**
     * The same slices of one device, at the same operating point, for the same head, are the same reading.
     *
     * @param device  empty where there is no picture, since that is nobody's
     * @param picture what was sent; null without a picture
     */
    record Key(String device, String head, PictureKey picture) {}

    @Override
    public void close() {
        reading.close();
    }
}
