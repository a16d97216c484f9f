package dev.tandem.hil.eval.calibrate;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.tandem.hil.report.Interval;

/**
 * When the device answers by itself and which patches it sends otherwise, with what that comes to.
 *
 * @param eta doubt below which the device answers itself, bits
 * @param amount share of attention that the sent patches have together
 * @param accuracy as a fraction, with its 95 % interval
 * @param bytes a picture, those that the device answers counted with 0
 * @param here share of pictures that the device answers
 * @param cost the source's C: patches sent, of those that all pictures have
 */
@JsonPropertyOrder({"eta", "amount", "accuracy", "bytes", "here", "cost"})
record Setting(double eta, double amount, Interval accuracy, double bytes, double here, double cost) {}
