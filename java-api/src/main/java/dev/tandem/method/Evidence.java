package dev.tandem.method;

/** What the edge half decoded: tokens, patches, a feature map, a picture. */
public interface Evidence {
    /** Units (tokens, patches, bands) that are here. */
    int used();

    /** Units that the device sent. */
    int total();
}
