/**
 * A device that means harm: valid certificates and bad frames, garbage datagrams, slow senders, half-open connections
 * and streams. Seeded. For trials of one's own edge.
 */
package dev.tandem.hil.lab.attack;
