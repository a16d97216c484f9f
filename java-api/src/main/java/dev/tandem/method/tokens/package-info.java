/**
 * Level 4: what methods share whose evidence is tokens: the vision encoder, gathering tokens from slices, and the head
 * that reads labels from them. Keeps out how tokens are coded.
 */
package dev.tandem.method.tokens;
