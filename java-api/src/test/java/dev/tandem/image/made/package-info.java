/**
 * Pictures made for tests: encoders by hand for the odd forms of every container that is read, so that what is drawn is
 * known to the pixel.
 */
package dev.tandem.image.made;
