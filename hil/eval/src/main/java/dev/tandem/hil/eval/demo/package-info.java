/**
 * The whole way on one machine, for a person who sees Tandem for the first time. Keeps out options that only a test
 * needs.
 */
package dev.tandem.hil.eval.demo;
