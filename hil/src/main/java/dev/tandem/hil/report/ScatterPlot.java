package dev.tandem.hil.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Accuracy over bytes: a logarithmic axis to the right, a percentage upwards, a line through each series, bars for intervals. */
public final class ScatterPlot {
    private static final String[] COLOURS = {"#0b6e4f", "#c0392b", "#2c5aa0", "#b7791f", "#6b4c9a", "#555555"};
    private static final int WIDTH = 760;
    private static final int HEIGHT = 440;
    private static final int LEFT = 60;
    private static final int RIGHT = WIDTH - 110;
    private static final int TOP = 40;
    private static final int BOTTOM = HEIGHT - 50;

    /** One mark: where, how sure, and what it is called. */
    public record Mark(String name, double x, Interval y) {}

    private final String title;
    private final String xLabel;
    private final Map<String, List<Mark>> series = new LinkedHashMap<>();

    /** An empty plot. */
    public ScatterPlot(String title, String xLabel) {
        this.title = title;
        this.xLabel = xLabel;
    }

    /** Adds a mark to a series; x must be positive. */
    public ScatterPlot add(String name, Mark mark) {
        series.computeIfAbsent(name, key -> new ArrayList<>()).add(mark);
        return this;
    }

    /** The whole SVG file. */
    public String svg() {
        List<Mark> all = series.values().stream().flatMap(List::stream).toList();
        double least = Math.log10(all.stream().mapToDouble(Mark::x).min().orElse(1) * 0.8);
        double most = Math.log10(all.stream().mapToDouble(Mark::x).max().orElse(10) * 1.25);
        double low = Math.floor(all.stream().mapToDouble(mark -> mark.y().low()).min().orElse(0) * 20) / 20;
        double high = Math.ceil(all.stream().mapToDouble(mark -> mark.y().high()).max().orElse(1) * 20) / 20;
        Svg svg = new Svg(WIDTH, HEIGHT);
        svg.text(LEFT, 22, "start", title).text((LEFT + RIGHT) / 2.0, HEIGHT - 12, "middle", xLabel);
        for (double y = low; y <= high + 1e-9; y += (high - low) > 0.3 ? 0.1 : 0.05) {
            svg.line(LEFT, up(y, low, high), RIGHT, up(y, low, high), "#ddd").text(LEFT - 6, up(y, low, high) + 4,
                    "end",
                    "%.0f %%".formatted(y * 100));
        }
        for (int decade = (int) Math.floor(least); decade <= most; decade++) {
            for (int step : new int[]{1, 2, 5}) {
                double x = decade + Math.log10(step);
                if (x >= least && x <= most) {
                    svg.line(right(x, least, most), TOP, right(x, least, most), BOTTOM, "#eee").text(
                            right(x, least, most), BOTTOM + 16, "middle", "%.0f".formatted(Math.pow(10, x)));
                }
            }
        }
        int colour = 0;
        for (Map.Entry<String, List<Mark>> one : series.entrySet()) {
            String paint = COLOURS[colour % COLOURS.length];
            draw(svg, one.getValue(), paint, least, most, low, high);
            svg.dot(RIGHT + 14, TOP + 18.0 * colour, paint, one.getKey()).text(RIGHT + 24, TOP + 18.0 * colour + 4,
                    "start", one.getKey());
            colour++;
        }
        return svg.toString();
    }

    private static void draw(Svg svg, List<Mark> marks, String paint, double least, double most, double low,
            double high) {
        StringBuilder path = new StringBuilder();
        for (Mark mark : marks.stream().sorted(java.util.Comparator.comparingDouble(Mark::x)).toList()) {
            double x = right(Math.log10(mark.x()), least, most);
            svg.line(x, up(mark.y().low(), low, high), x, up(mark.y().high(), low, high), paint);
            svg.dot(x, up(mark.y().value(), low, high), paint,
                    "%s: %.0f bytes, %.1f %%".formatted(mark.name(), mark.x(), mark.y().value() * 100));
            path.append(String.format(Locale.ROOT, "%.2f,%.2f ", x, up(mark.y().value(), low, high)));
        }
        svg.path(path.toString().strip(), paint);
    }

    private static double right(double value, double least, double most) {
        return LEFT + (value - least) / (most - least) * (RIGHT - LEFT);
    }

    private static double up(double value, double low, double high) {
        return BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP);
    }
}
