package dev.tandem.hil.eval.demo;

import dev.tandem.image.ImageReader;
import dev.tandem.image.Resize;
import dev.tandem.image.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A picture with what is asked about it. */
record Shot(String name, RgbImage image, List<String> questions) {
    private static final int CELL = 112;
    private static final byte GREY = (byte) 128;

    /** The bundled photographs (demo/SOURCES.md). */
    static List<Shot> photographs() throws IOException {
        return List.of(
                new Shot("cat", photograph("cat"), List.of("What animal is in the picture?", "Is the cat asleep?")),
                new Shot("coffee", photograph("coffee"),
                        List.of("What is on the table?", "What is the color of the cup?")),
                new Shot("astronaut", photograph("astronaut"), List.of("Is the person smiling?")),
                new Shot("rocket", photograph("rocket"), List.of("Is it night?")));
    }

    /** These, and scenes laid out of them. */
    static List<Shot> bundled() throws IOException {
        List<Shot> shots = new ArrayList<>(photographs());
        RgbImage cat = shots.get(0).image();
        RgbImage coffee = shots.get(1).image();
        shots.add(new Shot("scene of two", scene(cat, null, coffee, null),
                List.of("How many photographs are there?", "What is at the top left?")));
        shots.add(new Shot("scene of four", scene(coffee, shots.get(3).image(), shots.get(2).image(), cat),
                List.of("How many photographs are there?", "What is at the bottom right?")));
        return shots;
    }

    /** A stem for files about it: its name without its ending, and without what file systems dislike. */
    String fileName() {
        return name.replaceFirst("(?<=.)\\.[A-Za-z0-9]{1,5}$", "").replaceAll("[^\\p{L}\\p{N}._-]+", "-");
    }

    private static RgbImage photograph(String name) throws IOException {
        try (InputStream in = Shot.class.getResourceAsStream("/demo/" + name + ".jpg")) {
            if (in == null) {
                throw new IOException(
                        "reading the demo's photograph [" + name + "]: it is not in the jar; build again");
            }
            return ImageReader.read(in.readAllBytes(), name);
        }
    }

    /** Up to four photographs in the cells of a grey square, as the scene questions of the training have them. */
    private static RgbImage scene(RgbImage... cells) {
        byte[] canvas = new byte[4 * CELL * CELL * 3];
        java.util.Arrays.fill(canvas, GREY);
        for (int cell = 0; cell < cells.length; cell++) {
            if (cells[cell] == null) {
                continue;
            }
            byte[] small = Resize.bilinear(cells[cell], CELL, CELL).rgb();
            for (int row = 0; row < CELL; row++) {
                int to = ((cell / 2 * CELL + row) * 2 * CELL + cell % 2 * CELL) * 3;
                System.arraycopy(small, row * CELL * 3, canvas, to, CELL * 3);
            }
        }
        return new RgbImage(2 * CELL, 2 * CELL, canvas);
    }
}
