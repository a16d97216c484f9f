package dev.tandem.hil.eval.demo;

import dev.tandem.device.DeviceAnswer;
import dev.tandem.task.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Keeps the picture that an edge restored, as the file that it sent. */
record RestoredPictures(Path folder) implements Keeper {
    @Override
    public Optional<Kept> keep(Shot shot, DeviceAnswer answer) throws IOException {
        if (answer.picture().isEmpty()) {
            return Optional.empty();
        }
        Part.Picture picture = answer.picture().get();
        Path file = Files.createDirectories(folder)
                .resolve(shot.fileName() + "-restored." + ending(picture.type()));
        Files.write(file, picture.file());
        return Optional.of(new Kept(file, "restored from what was sent, " + picture.file().length + " bytes of "
                + picture.type(), Map.of("pictureBytes", picture.file().length)));
    }

    /** Whatever the other end calls its pictures. */
    private static String ending(String type) {
        return type.equals("image/jpeg") ? "jpg" : type.replaceFirst(".*/", "").replaceAll("[^a-z0-9]", "");
    }
}
