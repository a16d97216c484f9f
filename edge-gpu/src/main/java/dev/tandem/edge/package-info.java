/**
 * Level 6: the edge daemon as a program: its command line, its ready line, its start and stop. Keeps out serving, which
 * is {@link dev.tandem.edge.serve}, and the device.
 */
package dev.tandem.edge;
