package dev.tandem.hil.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A share over bytes or over anything else: an axis to the right, a percentage upwards, a line through each series,
 * bars for intervals.
 */
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
    private final boolean logarithmic;
    private final Map<String, List<Mark>> series = new LinkedHashMap<>();

    private ScatterPlot(String title, String xLabel, boolean logarithmic) {
        this.title = title;
        this.xLabel = xLabel;
        this.logarithmic = logarithmic;
    }

    /** An empty plot whose axis to the right is logarithmic, as for bytes: every x must be positive. */
    public static ScatterPlot logarithmic(String title, String xLabel) {
        return new ScatterPlot(title, xLabel, true);
    }

    /** An empty plot whose axis to the right starts at 0 and is even. */
    public static ScatterPlot linear(String title, String xLabel) {
        return new ScatterPlot(title, xLabel, false);
    }

    /** Adds a mark to a series. */
    public ScatterPlot add(String name, Mark mark) {
        series.computeIfAbsent(name, key -> new ArrayList<>()).add(mark);
        return this;
    }

    /** The whole SVG file. */
    public String svg() {
        List<Mark> all = series.values().stream().flatMap(List::stream).toList();
        double least = logarithmic ? Math.log10(all.stream().mapToDouble(Mark::x).min().orElse(1) * 0.8) : 0;
        double furthest = all.stream().mapToDouble(Mark::x).max().orElse(10);
        double most = logarithmic ? Math.log10(furthest * 1.25) : furthest * 1.05;
        double low = Math.floor(all.stream().mapToDouble(mark -> mark.y().low()).min().orElse(0) * 20) / 20;
        double high = Math.ceil(all.stream().mapToDouble(mark -> mark.y().high()).max().orElse(1) * 20) / 20;
        Svg svg = new Svg(WIDTH, HEIGHT);
        svg.text(LEFT, 22, "start", title).text((LEFT + RIGHT) / 2.0, HEIGHT - 12, "middle", xLabel);
        for (double y = low; y <= high + 1e-9; y += (high - low) > 0.3 ? 0.1 : 0.05) {
            svg.line(LEFT, up(y, low, high), RIGHT, up(y, low, high), "#ddd").text(LEFT - 6, up(y, low, high) + 4,
                    "end",
                    String.format(Locale.ROOT, "%.0f %%", y * 100));
        }
        for (double tick : ticks(least, most)) {
            double x = right(tick, least, most);
            svg.line(x, TOP, x, BOTTOM, "#eee").text(x, BOTTOM + 16, "middle",
                    String.format(Locale.ROOT, "%.0f", logarithmic ? Math.pow(10, tick) : tick));
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

    /** 1, 2 and 5 of each decade, or at most ten even steps; in the axis' own measure. */
    private List<Double> ticks(double least, double most) {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            for (int decade = (int) Math.floor(least); decade <= most; decade++) {
                for (int step : new int[]{1, 2, 5}) {
                    ticks.add(decade + Math.log10(step));
                }
            }
        } else {
            double step = Math.pow(10, Math.floor(Math.log10(most)));
            for (double tick = 0; tick <= most; tick += most / step > 5
                    ? step
                    : most / step > 2 ? step / 2 : step / 5) {
                ticks.add(tick);
            }
        }
        ticks.removeIf(tick -> tick < least || tick > most);
        return ticks;
    }

    private void draw(Svg svg, List<Mark> marks, String paint, double least, double most, double low,
            double high) {
        StringBuilder path = new StringBuilder();
        for (Mark mark : marks.stream().sorted(java.util.Comparator.comparingDouble(Mark::x)).toList()) {
            double x = right(logarithmic ? Math.log10(mark.x()) : mark.x(), least, most);
            svg.line(x, up(mark.y().low(), low, high), x, up(mark.y().high(), low, high), paint);
            svg.dot(x, up(mark.y().value(), low, high), paint,
                    String.format(Locale.ROOT, "%s: %.0f, %.1f %%", mark.name(), mark.x(), mark.y().value() * 100));
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
