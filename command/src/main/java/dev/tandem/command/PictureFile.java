package dev.tandem.command;

import dev.tandem.image.ImageReader;
import dev.tandem.image.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A picture that the command line names. */
public final class PictureFile {

    private PictureFile() {
    }

    /**
     * Reads it.
     *
     * @throws CommandFailedException when there is no such file, or what is in it is no picture
     */
    public static RgbImage read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailedException(ExitCodes.NO_INPUT, "reading the picture: no such file [" + file + "]");
        }
        try {
            return ImageReader.read(file);
        } catch (IOException e) {
            throw new CommandFailedException(ExitCodes.DATA, e.getMessage(), e);
        }
    }
}
