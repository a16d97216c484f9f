/**
 * Level 4: a latent map, which several methods send: the ladder of encoders that make it, its codec in bands that stand
 * alone, gathering those that came, and the heads that read it (docs/bitstream.md, section 13). Keeps out a method's
 * networks and name.
 */
package dev.tandem.method.latent;
