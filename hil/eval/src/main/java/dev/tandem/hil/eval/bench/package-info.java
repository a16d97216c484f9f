/**
 * How fast this machine codes, clusters and writes, plain Java beside native code, compared before any clock runs. The
 * one place outside its folder that may look into a method's codec: it measures that codec. Keeps out links and
 * accuracy.
 */
package dev.tandem.hil.eval.bench;
