/**
 * Level 5: the method {@code squeeze}: a picture squeezed into a small one, of which a backbone's first part makes a
 * latent map (docs/methods.md, Low-rate squeezing). Keeps out what it shares with others, the ladder, the codec and the
 * heads: those are {@code method.latent}'s.
 */
package dev.tandem.method.squeeze;
