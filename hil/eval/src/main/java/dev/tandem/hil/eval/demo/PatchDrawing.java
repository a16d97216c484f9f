package dev.tandem.hil.eval.demo;

import dev.tandem.image.Resize;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Prepare;
import dev.tandem.method.Squares;
import dev.tandem.pack.Preprocessing;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A photograph with its patches: those that arrived as they are, lost ones hatched, all the rest dimmed. */
final class PatchDrawing {
    private static final int LONGEST = 896;
    private static final Color DIM = new Color(0, 0, 0, 190);
    private static final Color HATCH = new Color(255, 196, 0);
    private static final int HATCHES = 4;

    private PatchDrawing() {
    }

    /** In the photograph's own proportions, at most {@value #LONGEST} pixels. */
    static BufferedImage draw(RgbImage photograph, Preprocessing how, Squares squares, PatchMarks marks) {
        double scale = Math.min(1, (double) LONGEST / Math.max(photograph.width(), photograph.height()));
        int width = Math.max(1, (int) Math.round(photograph.width() * scale));
        int height = Math.max(1, (int) Math.round(photograph.height() * scale));
        BufferedImage light = buffered(scale < 1 ? Resize.bilinear(photograph, width, height) : photograph);
        BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = drawn.createGraphics();
        graphics.drawImage(light, 0, 0, null);
        graphics.setColor(DIM);
        graphics.fillRect(0, 0, width, height);
        Prepare.Seen seen = Prepare.seen(photograph, how);
        for (int place = 0; place < squares.count(); place++) {
            Rectangle at = at(place, squares, seen, width, height);
            if (marks.arrived().get(place)) {
                graphics.drawImage(light, at.x, at.y, at.x + at.width, at.y + at.height, at.x, at.y, at.x + at.width,
                        at.y + at.height, null);
            } else if (marks.lost().get(place)) {
                hatch(graphics, at);
            }
        }
        graphics.dispose();
        return drawn;
    }

    /** Without a gap between neighbours, whatever the rounding. */
    private static Rectangle at(int place, Squares squares, Prepare.Seen seen, int width, int height) {
        int column = place % squares.columns();
        int row = place / squares.columns();
        int left = edge(seen.left(), seen.width(), column, squares.columns(), width);
        int top = edge(seen.top(), seen.height(), row, squares.rows(), height);
        return new Rectangle(left, top, edge(seen.left(), seen.width(), column + 1, squares.columns(), width) - left,
                edge(seen.top(), seen.height(), row + 1, squares.rows(), height) - top);
    }

    private static int edge(double from, double share, int number, int of, int pixels) {
        return (int) Math.round((from + share * number / of) * pixels);
    }

    private static void hatch(Graphics2D whole, Rectangle at) {
        Graphics2D graphics = (Graphics2D) whole.create(at.x, at.y, at.width, at.height);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(HATCH);
        graphics.setStroke(new BasicStroke(Math.max(1, at.height / 12f)));
        int both = at.width + at.height;
        for (int line = 1; line < 2 * HATCHES; line += 2) {
            int reach = both * line / (2 * HATCHES);
            graphics.drawLine(reach, 0, 0, reach);
        }
        graphics.dispose();
    }

    /** The same pixels. */
    static BufferedImage buffered(RgbImage picture) {
        byte[] rgb = picture.rgb();
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < picture.width() * picture.height(); i++) {
            image.setRGB(i % picture.width(), i / picture.width(),
                    (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff);
        }
        return image;
    }
}
