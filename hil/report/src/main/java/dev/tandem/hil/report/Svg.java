package dev.tandem.hil.report;

import java.util.Locale;

/** The few SVG elements that our plots are made of. Text is escaped, numbers have two decimals and a point. */
final class Svg {
    private final StringBuilder body = new StringBuilder();
    private final int width;
    private final int height;

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    Svg line(double x1, double y1, double x2, double y2, String colour) {
        return add("<line x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\" stroke=\"%s\"/>", x1, y1, x2, y2, colour);
    }

    Svg box(double x, double y, double w, double h, String colour, String tip) {
        return add("<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"><title>%s</title></rect>", x,
                y,
                Math.max(0, w), Math.max(0, h), colour, escape(tip));
    }

    Svg dot(double x, double y, String colour, String tip) {
        return add("<circle cx=\"%.2f\" cy=\"%.2f\" r=\"4\" fill=\"%s\"><title>%s</title></circle>", x, y, colour,
                escape(tip));
    }

    Svg path(String points, String colour) {
        return add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>", points, colour);
    }

    /** {@code anchor}: start, middle or end. */
    Svg text(double x, double y, String anchor, String words) {
        return add("<text x=\"%.2f\" y=\"%.2f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escape(words));
    }

    private Svg add(String form, Object... values) {
        body.append("  ").append(String.format(Locale.ROOT, form, values)).append('\n');
        return this;
    }

    private static String escape(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" \
                font-family="sans-serif" font-size="12" fill="#222">
                  <rect width="100%%" height="100%%" fill="#fff"/>
                """, width, height, width, height) + body + "</svg>\n";
    }
}
