/**
 * Level 6: looking at a picture on the device, by whichever method an operating point names. Opens and hashes only what
 * that takes. Keeps out the link: what is seen here is the same with and without an edge.
 */
package dev.tandem.device.look;
