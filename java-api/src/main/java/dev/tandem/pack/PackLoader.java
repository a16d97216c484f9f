package dev.tandem.pack;

import java.nio.file.Path;

/** Reads a pack and checks all of it in the order of docs/pack.md section 7. */
final class PackLoader {
    private PackLoader() {
    }

    static Pack load(Path folder) {
        throw new UnsupportedOperationException("not yet");
    }
}
