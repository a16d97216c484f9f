/**
 * Both ends on one machine, an edge in a process of its own, with a link between them that may be bad; and what the way
 * over it costs: benches of first answers and of accuracy under loss. Keeps out how a link is made bad (hil.relay).
 */
package dev.tandem.hil.eval.link;
