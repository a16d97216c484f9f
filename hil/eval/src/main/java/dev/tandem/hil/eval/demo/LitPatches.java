package dev.tandem.hil.eval.demo;

import dev.tandem.device.DeviceAnswer;
import dev.tandem.method.Squares;
import dev.tandem.pack.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Keeps each photograph as a PNG that shows which of its patches were sent, and which of those were lost. */
record LitPatches(Path folder, Squares squares, Preprocessing how) implements Keeper {
    @Override
    public Optional<Kept> keep(Shot shot, DeviceAnswer answer) throws IOException {
        PatchMarks marks = PatchMarks.of(squares, answer);
        Path file = Files.createDirectories(folder).resolve(shot.fileName() + "-patches.png");
        ImageIO.write(PatchDrawing.draw(shot.image(), how, squares, marks), "png", file.toFile());
        return Optional.of(new Kept(file, marks.words(squares.count()), Map.of("patchesInAll", squares.count(),
                "patchesSent", marks.sent(), "patchesLost", marks.missing())));
    }
}
