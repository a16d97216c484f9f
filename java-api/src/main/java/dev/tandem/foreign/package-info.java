/**
 * Level 0: everything that knows the Foreign Function and Memory API. Finds, loads and version-checks our own library,
 * links its symbols, turns status codes into exceptions, counts off-heap bytes by owner and pools what holds them.
 * Holds no word of the domain.
 */
package dev.tandem.foreign;
