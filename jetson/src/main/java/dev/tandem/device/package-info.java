/**
 * Level 6: the device agent. Looks at a picture, sends what matters as slices, gets words back. Knows nothing of the
 * edge's code.
 */
package dev.tandem.device;
