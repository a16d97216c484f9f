package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.made.Dice;
import dev.tandem.image.made.Made;
import dev.tandem.image.made.MadePictures;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Generated pictures of every kind are read as they were drawn, and cut at random they are refused in words or, where
 * nothing of their pixels is missing, read all the same: never another exception, never other pixels. {@code
 * -Dtandem.pictures=2000} makes more of them.
 */
class GeneratedPicturesTest {
    private static final int COUNT = Integer.getInteger("tandem.pictures", 240);

    @Test
    void everyPictureIsReadAsItWasDrawn() {
        Map<String, String> wrong = new LinkedHashMap<>();
        for (int seed = 0; seed < COUNT; seed++) {
            Made made = MadePictures.of(seed);
            try {
                RgbImage found = ImageReader.read(made.file(), "drawn");
                String difference = difference(made, found);
                if (difference != null) {
                    wrong.put(seed + ": " + made.what(), difference);
                }
            } catch (IOException | RuntimeException | Error e) {
                wrong.put(seed + ": " + made.what(), e.toString());
            }
        }
        assertTrue(wrong.isEmpty(), () -> wrong.size() + " of " + COUNT + ":\n" + lines(wrong));
    }

    @Test
    void aPictureThatIsCutIsRefusedInWordsOrWhole() {
        Map<String, String> wrong = new LinkedHashMap<>();
        for (int seed = 0; seed < COUNT; seed++) {
            Made made = MadePictures.of(seed);
            Dice dice = new Dice(seed + 1_000_000L);
            int length = dice.in(3)
                    ? Math.max(0, made.file().length - 1 - dice.below(12))
                    : dice.below(made.file().length);
            String what = seed + ": " + made.what() + ", " + length + " of " + made.file().length + " bytes";
            try {
                String difference = difference(made, ImageReader.read(Arrays.copyOf(made.file(), length), "cut"));
                if (difference != null) {
                    wrong.put(what, difference);
                }
            } catch (PictureException e) {
                if (!e.getMessage().startsWith("reading the picture cut") || e.getMessage().contains("null")) {
                    wrong.put(what, e.getMessage());
                }
            } catch (IOException | RuntimeException | Error e) {
                wrong.put(what, e.toString());
            }
        }
        assertTrue(wrong.isEmpty(), () -> wrong.size() + " of " + COUNT + ":\n" + lines(wrong));
    }

    /** What a damaged picture shows nobody can say; but it is a picture, or refused in words. */
    @Test
    void aPictureThatIsDamagedIsRefusedInWordsOrRead() {
        Map<String, String> wrong = new LinkedHashMap<>();
        for (int seed = 0; seed < COUNT; seed++) {
            Made made = MadePictures.of(seed);
            Dice dice = new Dice(seed + 2_000_000L);
            byte[] file = made.file().clone();
            for (int flips = 1 + dice.below(3); flips > 0; flips--) {
                file[dice.in(2) ? dice.below(Math.min(200, file.length)) : dice.below(file.length)] ^= (byte) (1 << dice
                        .below(8));
            }
            try {
                ImageReader.read(file, "damaged");
            } catch (PictureException e) {
                if (!e.getMessage().startsWith("reading the picture damaged") || e.getMessage().contains("null")) {
                    wrong.put(seed + ": " + made.what(), e.getMessage());
                }
            } catch (IOException | RuntimeException | Error e) {
                wrong.put(seed + ": " + made.what(), e.toString());
            }
        }
        assertTrue(wrong.isEmpty(), () -> wrong.size() + " of " + COUNT + ":\n" + lines(wrong));
    }

    private static String difference(Made made, RgbImage found) {
        RgbImage expected = made.expected();
        if (found.width() != expected.width() || found.height() != expected.height()) {
            return found.width() + " x " + found.height() + ", drawn " + expected.width() + " x " + expected.height();
        }
        int most = Fixture.maxDifference(expected, found);
        return most > made.bound() ? "differs by " + most + ", at most " + made.bound() : null;
    }

    private static String lines(Map<String, String> wrong) {
        StringBuilder all = new StringBuilder();
        wrong.forEach((what, how) -> all.append(what).append(" -> ").append(how).append('\n'));
        return all.toString();
    }
}
