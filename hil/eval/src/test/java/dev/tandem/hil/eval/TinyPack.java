package dev.tandem.hil.eval;

import java.nio.file.Files;
import java.nio.file.Path;

/** The random pack that tests use: real shapes, nothing learned. */
public final class TinyPack {

    private TinyPack() {
    }

    /** The root of the checkout. */
    public static Path home() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("models"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** {@code models/tiny-vqa}. */
    public static Path folder() {
        return named("tiny-vqa");
    }

    /** Another of {@code models}. */
    public static Path named(String name) {
        return home().resolve("models").resolve(name);
    }
}
