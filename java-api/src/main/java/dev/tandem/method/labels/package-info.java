/**
 * Level 4: what whoever names classes shares, on the device or in a head: their names, probabilities of logits, the
 * answer to a classification. Keeps out where logits come from.
 */
package dev.tandem.method.labels;
