/**
 * Accuracy against bytes: every question of a data set, or the class of every picture, at every operating point,
 * through a pack's own methods and heads, in one process and without a link. Keeps out what a method's knobs mean.
 */
package dev.tandem.hil.eval;
