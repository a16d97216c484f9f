package dev.tandem.hil.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the milliseconds went: one bar a case, cut into its stages. */
public final class StackedBars {
    private static final String[] COLOURS = {"#0b6e4f", "#c0392b", "#2c5aa0", "#b7791f", "#6b4c9a", "#777777",
            "#1f8a99"};
    private static final int WIDTH = 820;
    private static final int LEFT = 190;
    private static final int RIGHT = WIDTH - 70;
    private static final int ROW = 26;
    private static final int TOP = 64;

    private final String title;
    private final Map<String, Map<String, Double>> bars = new LinkedHashMap<>();

    /** An empty plot. */
    public StackedBars(String title) {
        this.title = title;
    }

    /** Adds a bar; stages in order, in milliseconds. */
    public StackedBars add(String name, Map<String, Double> stages) {
        bars.put(name, new LinkedHashMap<>(stages));
        return this;
    }

    /** The whole SVG file. */
    public String svg() {
        double longest = bars.values().stream().mapToDouble(StackedBars::sum).max().orElse(1);
        List<String> stages = new ArrayList<>();
        bars.values()
                .forEach(bar -> bar.keySet().stream().filter(stage -> !stages.contains(stage)).forEach(stages::add));
        int height = TOP + bars.size() * ROW + 20;
        Svg svg = new Svg(WIDTH, height);
        svg.text(10, 20, "start", title);
        double at = 10;
        for (String stage : stages) {
            svg.box(at, 34, 10, 10, colour(stages, stage), stage).text(at + 14, 43, "start", stage);
            at += 30 + 7.0 * stage.length();
        }
        int row = 0;
        for (Map.Entry<String, Map<String, Double>> bar : bars.entrySet()) {
            double y = TOP + ROW * (double) row++;
            double x = LEFT;
            svg.text(LEFT - 8, y + 14, "end", bar.getKey());
            for (Map.Entry<String, Double> stage : bar.getValue().entrySet()) {
                double w = stage.getValue() / longest * (RIGHT - LEFT);
                svg.box(x, y, w, ROW - 8.0, colour(stages, stage.getKey()),
                        String.format(Locale.ROOT, "%s: %.0f ms", stage.getKey(), stage.getValue()));
                x += w;
            }
            svg.text(x + 6, y + 14, "start", String.format(Locale.ROOT, "%.0f ms", sum(bar.getValue())));
        }
        return svg.toString();
    }

    private static double sum(Map<String, Double> bar) {
        return bar.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static String colour(List<String> stages, String stage) {
        return COLOURS[stages.indexOf(stage) % COLOURS.length];
    }
}
