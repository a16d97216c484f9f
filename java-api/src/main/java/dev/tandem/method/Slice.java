package dev.tandem.method;

/**
 * An independently decodable run of a picture's bits. The array is not copied.
 *
 * @param index place among the picture's slices, 0 the most important
 * @param tile  crop of the picture that it belongs to; 0 where there is one
 */
public record Slice(int index, int tile, byte[] bytes) {}
