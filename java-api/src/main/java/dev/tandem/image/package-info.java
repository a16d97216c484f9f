/** Level 3: pictures in memory: read, resize, normalise, write. Knows no model. */
package dev.tandem.image;
