/**
 * Level 1: what can be asked and answered, as values and as the bytes that docs/wire.md gives them. Keeps out how: no
 * models, no link.
 */
package dev.tandem.task;
