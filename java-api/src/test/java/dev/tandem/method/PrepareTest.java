package dev.tandem.method;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.image.RgbImage;
import dev.tandem.pack.Preprocessing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which part of a picture the graphs see. */
class PrepareTest {
    private static final List<Float> ANY = List.of(0.5f, 0.5f, 0.5f);

    @Test
    void aSquashedPictureIsSeenWhole() {
        Preprocessing squash = new Preprocessing(32, 16, Preprocessing.SQUASH, 0, ANY, ANY);
        assertEquals(new Prepare.Seen(0, 0, 1, 1), Prepare.seen(RgbImage.black(300, 20), squash));
    }

    /** A white square where the middle is cut out of a black picture: all that is left is white. */
    @Test
    void ofACutOneTheMiddle() {
        Preprocessing crop = new Preprocessing(20, 10, Preprocessing.CROP, 25, ANY, ANY);
        RgbImage wide = RgbImage.black(400, 100); // scaled to 100 x 25
        Prepare.Seen seen = Prepare.seen(wide, crop);
        assertEquals(new Prepare.Seen(0.4, 0.28, 0.2, 0.4), seen);
        byte[] rgb = wide.rgb();
        for (int y = (int) (100 * seen.top()) - 4; y < 100 * (seen.top() + seen.height()) + 4; y++) {
            for (int x = (int) (400 * seen.left()) - 4; x < 400 * (seen.left() + seen.width()) + 4; x++) {
                for (int c = 0; c < 3; c++) {
                    rgb[(y * 400 + x) * 3 + c] = -1;
                }
            }
        }
        for (byte value : Prepare.resize(new RgbImage(400, 100, rgb), crop).rgb()) {
            assertEquals(-1, value);
        }
    }
}
