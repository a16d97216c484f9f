/**
 * The device's end: connects, again and again, holds questions while the link is down, sends them and takes their
 * answers. One owner of each exchange, {@code DeviceExchange}, whichever connection it is on. Keeps out what a task or
 * a part means, and the edge.
 */
package dev.tandem.transport.device;
