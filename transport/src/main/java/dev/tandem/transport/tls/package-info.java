/**
 * Certificates of both ends: made for development, read, checked, watched while they change, and turned into the TLS
 * contexts of TCP and QUIC; what went wrong with one, in words. Knows neither exchanges nor what is sent through its
 * contexts, and speaks no frames.
 */
package dev.tandem.transport.tls;
