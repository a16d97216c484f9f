package dev.tandem.command;

import dev.tandem.image.ImageReader;
import dev.tandem.image.PictureException;
import dev.tandem.image.RgbImage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A picture that the command line names. */
public final class PictureFile {

    private PictureFile() {
    }

    /**
     * Reads it.
     *
     * @throws CommandFailedException when there is no such file, it can't be read, or what is in it is no picture
     */
    public static RgbImage read(Path file) {
        try {
            return ImageReader.read(file);
        } catch (PictureException e) {
            throw new CommandFailedException(ExitCodes.DATA, e.getMessage(), e);
        } catch (FileSystemException e) {
            throw new CommandFailedException(ExitCodes.NO_INPUT, words(file, e.getReason()), e);
        } catch (IOException e) {
            throw new CommandFailedException(ExitCodes.IO, words(file, e.getMessage()), e);
        }
    }

    private static String words(Path file, String reason) {
        return "reading the picture [" + file + "]: " + reason;
    }
}
