package dev.tandem.hil.eval;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A few pictures with questions, drawn from formulas. */
public final class TinyData {

    private TinyData() {
    }

    /** Writes {@code pictures} pictures of different sizes, two questions each, and {@code test.tsv}. */
    public static Path write(Path folder, int pictures) throws IOException {
        Files.createDirectories(folder.resolve("test"));
        StringBuilder table = new StringBuilder("image\tkind\tquestion\tanswer\n");
        for (int n = 0; n < pictures; n++) {
            BufferedImage image = new BufferedImage(200 + 16 * n, 224, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    image.setRGB(x, y, (x * (n + 1) & 255) << 16 | (y * 3 & 255) << 8 | (x * y / (n + 7) & 255));
                }
            }
            ImageIO.write(image, "png", folder.resolve("test/p" + n + ".png").toFile());
            table.append("p").append(n).append(".png\tyesno\tIs it ").append(n).append("?\tyes\n");
            table.append("p").append(n).append(".png\tcolour\tWhich colour?\tred\n");
        }
        Files.writeString(folder.resolve("test.tsv"), table);
        return folder;
    }
}
