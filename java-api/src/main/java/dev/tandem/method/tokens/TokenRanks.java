package dev.tandem.method.tokens;

/**
 * The tokens that a slice says it holds, by its header.
 *
 * @param operatingPoint id of the operating point
 * @param firstRank importance rank of the first token held, 0 is the most important
 * @param count tokens held, at least 1
 * @param total tokens of the picture, at least {@code firstRank + count}
 */
public record TokenRanks(int operatingPoint, int firstRank, int count, int total) {}
