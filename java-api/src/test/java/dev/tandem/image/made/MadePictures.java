package dev.tandem.image.made;

import java.util.List;
import java.util.function.Function;

/** A picture of any kind for each seed. */
public final class MadePictures {
    private static final List<Function<Dice, Made>> KINDS = List.of(Jpegs::make, Pngs::make, Gifs::make, Bmps::make,
            Tiffs::make, Webps::make);

    private MadePictures() {
    }

    public static Made of(long seed) {
        return KINDS.get((int) (seed % KINDS.size())).apply(new Dice(seed));
    }
}
