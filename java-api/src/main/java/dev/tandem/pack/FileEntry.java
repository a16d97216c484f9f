package dev.tandem.pack;

/**
 * What a file of the pack must be.
 *
 * @param bytes  its exact size
 * @param sha256 its hash, 64 lower-case hex digits
 */
public record FileEntry(long bytes, String sha256) {}
