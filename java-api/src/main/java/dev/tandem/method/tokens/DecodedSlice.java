package dev.tandem.method.tokens;

/**
 * The tokens that one slice held. The array belongs to the caller.
 *
 * @param operatingPoint id of the operating point in the slice header
 * @param firstRank importance rank of the first token held, 0 is the most important
 * @param count tokens held
 * @param total tokens of the picture
 * @param values float32 [count, tokenWidth], row major
 */
public record DecodedSlice(int operatingPoint, int firstRank, int count, int total, float[] values) {}
