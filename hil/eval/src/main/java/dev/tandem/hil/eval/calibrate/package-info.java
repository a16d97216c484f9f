/**
 * {@code tandem model calibrate}: when a device should answer by itself and how much it should send
 * otherwise, found on pictures. Keeps out how points are evaluated, which is {@link dev.tandem.hil.eval}'s.
 */
package dev.tandem.hil.eval.calibrate;
