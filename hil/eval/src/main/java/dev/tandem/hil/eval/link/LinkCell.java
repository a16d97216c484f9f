package dev.tandem.hil.eval.link;

import dev.tandem.device.DeviceAnswer;
import dev.tandem.hil.report.Quantiles;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One point at one rate: medians over pictures, times in milliseconds.
 *
 * @param rate
 *            of the uplink in 1000 bytes a second, 0 for no limit
 * @param bytes
 *            of question and slices with their frame headers, mean
 * @param wireBytes
 *            handed to the socket, TLS records included, mean
 * @param relayBytes
 *            that passed the relay upwards a question: packets with IP's headers, acknowledgements too; 0 without one
 * @param firstWord
 *            from the question to the first word
 * @param total
 *            from the question to the last
 */
record LinkCell(String point, double rate, int pictures, double bytes, double wireBytes, double relayBytes,
        double device, double link,
        double edge, double firstWord, double total) {

    static LinkCell of(String point, double rate, List<DeviceAnswer> answers, double relayBytes) {
        List<Times> times = answers.stream().map(Times::of).toList();
        return new LinkCell(point, rate, answers.size(),
                answers.stream().mapToLong(DeviceAnswer::frameBytes).average().orElse(Double.NaN),
                answers.stream().mapToLong(answer -> answer.wire().written()).average().orElse(Double.NaN),
                relayBytes,
                median(times, Times::device), median(times, Times::link), median(times, Times::edge),
                median(times, Times::firstPart), median(times, Times::total));
    }

    private static double median(List<Times> times, ToDoubleFunction<Times> part) {
        return Quantiles.of(times.stream().mapToDouble(part)).median();
    }
}
