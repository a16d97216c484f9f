package dev.tandem.engine;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A graph to be opened, with what an engine needs that builds a plan for this machine from it and keeps that plan.
 *
 * @param name
 *            as the pack calls it, for example {@code encoder}; for messages and for a plan's name
 * @param file
 *            the ONNX file; data beside it is read from the same folder
 * @param sha256
 *            64 lower-case hexadecimal digits over all its bytes, data beside it included: part of a plan's key; empty
 *            where nobody hashed them, and then no plan is kept
 * @param elsewhere
 *            by the name that the graph has for it, all its data where some does not lie beside the graph; otherwise
 *            empty
 * @param ranges
 *            by input {min, opt, max} shapes, of one rank and not descending; empty where all shapes are fixed
 */
public record GraphFile(String name, Path file, String sha256, Map<String, Path> elsewhere,
        Map<String, long[][]> ranges) {
    private static final int SHAPES = 3;

    /** Copies the ranges. */
    public GraphFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(file, "file");
        if (!sha256.isEmpty() && !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "the hash of graph [" + name + "] is [" + sha256 + "]; needed 64 lower-case hexadecimal digits");
        }
        elsewhere = Map.copyOf(elsewhere);
        ranges.forEach((input, range) -> check(name, input, range));
        ranges = copy(ranges);
    }

    /** A graph of fixed shapes that nobody hashed: for tests and measurements. */
    public static GraphFile of(Path file) {
        return new GraphFile(file.getFileName().toString(), file, "", Map.of(), Map.of());
    }

    /** A copy, by input. */
    @Override
    public Map<String, long[][]> ranges() {
        return copy(ranges);
    }

    private static Map<String, long[][]> copy(Map<String, long[][]> ranges) {
        return ranges.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey,
                range -> Arrays.stream(range.getValue()).map(long[]::clone).toArray(long[][]::new)));
    }

    private static void check(String graph, String input, long[][] range) {
        boolean fits = range.length == SHAPES && range[0].length == range[1].length
                && range[1].length == range[2].length;
        for (int i = 0; fits && i < range[0].length; i++) {
            fits = range[0][i] >= 0 && range[0][i] <= range[1][i] && range[1][i] <= range[2][i];
        }
        if (!fits) {
            throw new IllegalArgumentException("the range of input [" + input + "] of graph [" + graph + "] is "
                    + Arrays.deepToString(range) + "; needed {min, opt, max} of one rank, none above the next");
        }
    }

    /** For example {@code [encoder] of /packs/smol-vqa/encoder.onnx}. */
    @Override
    public String toString() {
        return "[" + name + "] of " + file;
    }
}
