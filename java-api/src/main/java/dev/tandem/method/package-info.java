/**
 * Level 5: the methods, each with its device half and its edge half. Knows no socket and starts no thread.
 */
package dev.tandem.method;
