package dev.tandem.pack;

/**
 * Where weights or data came from, and under what licence.
 *
 * @param sha256 hash of the source file in hex, or null where there is no single file
 */
public record Provenance(String what, String source, String licence, String sha256) {}
