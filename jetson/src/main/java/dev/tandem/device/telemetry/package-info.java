/**
 * Level 6: what is known of a device's link and of its memory, as metrics for whoever embeds the agent. Keeps out the
 * agent itself, so that the agent may use it.
 */
package dev.tandem.device.telemetry;
