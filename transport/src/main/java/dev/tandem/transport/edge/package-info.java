/**
 * The edge's end: listens, takes tasks and their slices as they come, and sends the parts of answers that a handler
 * gives. One owner of each exchange, {@code EdgeExchange}. Keeps out what a task or a part means, any queue before a
 * model, and the device.
 */
package dev.tandem.transport.edge;
