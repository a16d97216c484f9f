/**
 * The method {@code patches}: a small classifier on the device answers what it is sure of, else the patches that it
 * looked at are sent, and a large one on the edge classifies from those (docs/methods.md, Attention-aware patches). How
 * patches are coded is the package below.
 */
package dev.tandem.method.patches;
