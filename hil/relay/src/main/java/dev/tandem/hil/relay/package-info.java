/**
 * A bad link on one machine: a seeded relay for UDP and TCP that delays, drops, reorders, cuts and heals. What decides
 * (profiles, loss, lanes, the timetable) is pure logic: no socket, no clock, time is an argument. See docs/relay.md.
 */
package dev.tandem.hil.relay;
