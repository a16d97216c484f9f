package dev.tandem.device;

import dev.tandem.command.PictureFile;
import dev.tandem.command.Usage;
import dev.tandem.engine.Engines;
import dev.tandem.image.RgbImage;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine;

/** What a command looks at, and how. */
final class LookOptions {
    @Option(names = "--image", paramLabel = "FILE",
            description = "JPEG, PNG, GIF, BMP, TIFF or WebP; without it the question "
                    + "goes alone.")
    private Path image;

    @Option(names = "--point", paramLabel = "NAME",
            description = "Operating point: one of the pack's, or one that spells "
                    + "a method's settings, such as jpeg-q30 (default: the pack's).")
    private String point;

    @Option(names = "--method", paramLabel = "NAME", description = "A method of the pack: its first operating point.")
    private String method;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0",
            description = "CPU threads of the engine; 0: one "
                    + "a core.")
    private int threads;

    @Option(names = "--engine", paramLabel = "NAME", defaultValue = "auto",
            description = "Engine that runs the graphs.")
    private String engine;

    @Option(names = "--small", paramLabel = "FILE",
            description = "Where the small picture that the device looks at is written, as PNG; for methods that make "
                    + "one.")
    private Path small;

    /** Where the small picture goes; null where nobody wants it. */
    Path small() {
        return small;
    }

    /** Whether there is a picture to look at. */
    boolean hasPicture() {
        return image != null;
    }

    /** The picture; null where none was named. */
    RgbImage picture() {
        return image == null ? null : PictureFile.read(image);
    }

    /**
     * Name of the engine.
     *
     * @throws dev.tandem.command.CommandFailedException for one that there is not
     */
    String engine() {
        return Engines.AUTO.equals(engine)
                ? engine
                : Usage.of("--engine " + engine, () -> Engines.select(engine).name());
    }

    int threads() {
        return threads;
    }

    /**
     * The operating point that is meant.
     *
     * @throws dev.tandem.pack.PackException for a point or a method that the pack does not have
     * @throws ParameterException where point and method contradict each other
     */
    Point point(CommandLine line, PackMethods methods) {
        if (point == null) {
            return method == null ? methods.defaultPoint() : methods.first(method);
        }
        Point found = methods.point(point);
        if (method != null && !found.method().equals(method)) {
            throw new ParameterException(line, "--point [" + point + "] belongs to the method [" + found.method()
                    + "], not to [" + method + "]: leave out --method or name another point");
        }
        return found;
    }
}
