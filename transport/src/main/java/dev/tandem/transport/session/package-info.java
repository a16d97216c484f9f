/**
 * The link's decisions as pure logic: what travels how, what has arrived, when answering begins, what is offered again,
 * who may open how many exchanges, what the link is like. Knows neither Netty nor clocks nor threads: times are {@link
 * System#nanoTime()} values handed in. Rules: docs/wire.md, sections 3, 6, 7 and 8. Nothing here is thread safe.
 */
package dev.tandem.transport.session;
