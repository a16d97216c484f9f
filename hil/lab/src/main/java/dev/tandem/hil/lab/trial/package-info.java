/**
 * The link under trial: real clients and servers of {@code transport} with an edge that counts tokens, a relay in
 * between, and numbers for docs/results/link.md.
 */
package dev.tandem.hil.lab.trial;
