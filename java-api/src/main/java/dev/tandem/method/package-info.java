/**
 * Level 4: the seam. A {@link dev.tandem.method.Method} is both halves of a way to send a picture, its {@link
 * dev.tandem.method.Evidence} is what the edge half decodes, a {@link dev.tandem.method.Head} turns evidence into parts
 * of an answer. Each method is a folder below, found by {@link java.util.ServiceLoader} and imported by nobody. Keeps
 * out sockets and threads.
 */
package dev.tandem.method;
