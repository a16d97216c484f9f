package dev.tandem.pack;

/**
 * What a file of the pack must be.
 *
 * @param bytes  its exact size
 * @param sha256 its hash, 64 lower-case hex digits
 * @param pack   folder beside this pack's in which the file lies under the same path, so that two packs can share it;
 *               null where it lies in this one
 */
public record FileEntry(long bytes, String sha256, String pack) {}
