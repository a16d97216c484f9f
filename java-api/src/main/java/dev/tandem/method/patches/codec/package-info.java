/**
 * How patches become bytes and back (docs/bitstream.md, sections 12.3 and 12.4): as they are, as blocks of a JPEG
 * without its header, by a pack's learned transform. Knows neither packs nor maps nor slices.
 */
package dev.tandem.method.patches.codec;
