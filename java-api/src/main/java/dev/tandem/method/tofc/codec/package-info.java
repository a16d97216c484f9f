/**
 * The codec of merged tokens (docs/bitstream.md, sections 5 to 7): the integer network that chooses each value's table,
 * the quantiser, and slices that stand alone. {@link dev.tandem.method.tofc.codec.CodecModel} is what a pack's files
 * say and lies on the heap; {@link dev.tandem.method.tofc.codec.SliceCodec} runs it and owns what it needs off the
 * heap. Knows neither packs nor engines nor the link; numbers in floating point never choose a probability here.
 */
package dev.tandem.method.tofc.codec;
