/**
 * Level 5: the method {@code bottleneck}, FrankenSplit: a tiny encoder whose latent any backbone's head reads
 * (docs/methods.md). Keeps out how a ladder of encoders is run and a latent map coded, and the heads: those are
 * {@code method.latent}'s.
 */
package dev.tandem.method.bottleneck;
