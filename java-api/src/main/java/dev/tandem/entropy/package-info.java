/**
 * Level 3: integers to bytes and back by range coding with integer tables, to the same bits on every machine
 * (docs/bitstream.md, sections 2 to 4): the tables and their file, the plain coder that is the oracle, libtandem's
 * behind the same interface. Knows neither tokens nor slices, builds no table, and holds no floating point that could
 * choose a probability.
 */
package dev.tandem.entropy;
