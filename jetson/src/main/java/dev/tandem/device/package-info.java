/**
 * Level 6: the device agent and its command line. Looks at a picture, answers where it can, sends what matters as
 * slices where it can't, and gets parts of an answer back. Knows nothing of the edge's code, and needs no edge to
 * start.
 */
package dev.tandem.device;
