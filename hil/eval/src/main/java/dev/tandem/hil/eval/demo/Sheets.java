package dev.tandem.hil.eval.demo;

import dev.tandem.device.DeviceAnswer;
import dev.tandem.image.ImageReader;
import dev.tandem.image.RgbImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import javax.imageio.ImageIO;

/**
 * Keeps what {@link RestoredPictures} keeps, and where the method looks at a small picture, a sheet: the photograph, the
 * small picture as many pixels large as it is, the restored one.
 *
 * @param small the small picture of one, empty where the method makes none
 */
record Sheets(RestoredPictures restored, Function<RgbImage, Optional<RgbImage>> small) implements Keeper {
    private static final int GAP = 8;

    @Override
    public Optional<Kept> keep(Shot shot, DeviceAnswer answer) throws IOException {
        Optional<Kept> kept = restored.keep(shot, answer);
        Optional<RgbImage> squeezed = kept.isPresent() ? small.apply(shot.image()) : Optional.empty();
        if (squeezed.isEmpty()) {
            return kept;
        }
        RgbImage preview = ImageReader.read(answer.picture().orElseThrow().file(), shot.name());
        Path file = restored.folder().resolve(shot.fileName() + "-sheet.png");
        ImageIO.write(sheet(shot.image(), squeezed.get(), preview), "png", file.toFile());
        return Optional.of(new Kept(file, "the photograph, the small picture that the device looks at, and "
                + kept.get().words() + " (" + kept.get().file().getFileName() + ")", kept.get().counts()));
    }

    /** Side by side, photograph and preview at the preview's height. */
    static BufferedImage sheet(RgbImage photograph, RgbImage small, RgbImage preview) {
        int height = Math.max(preview.height(), small.height());
        int first = Math.max(1, Math.round((float) photograph.width() * preview.height() / photograph.height()));
        BufferedImage sheet = new BufferedImage(first + small.width() + preview.width() + 4 * GAP, height + 2 * GAP,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        graphics.drawImage(PatchDrawing.buffered(photograph), GAP, GAP, first, preview.height(), null);
        graphics.drawImage(PatchDrawing.buffered(small), first + 2 * GAP, GAP, null);
        graphics.drawImage(PatchDrawing.buffered(preview), first + small.width() + 3 * GAP, GAP, null);
        graphics.dispose();
        return sheet;
    }
}
