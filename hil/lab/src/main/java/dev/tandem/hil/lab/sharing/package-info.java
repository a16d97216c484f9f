/**
 * Attacks on what devices share: each is one way in which a device or a stranger could take an edge from the others,
 * tried against a running edge in a process of its own, with a polite device beside it. Keeps out the edge and the
 * device agent: an attacker speaks frames.
 */
package dev.tandem.hil.lab.sharing;
