package dev.tandem.hil.eval;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.hil.eval.picture.KnownBytes;
import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.PlainSlice;
import dev.tandem.method.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that a picture was sent as, where it was sent as one. */
final class PictureFile {
    /** First byte of its slices (docs/bitstream.md, section 11). */
    private static final byte KIND = 0x69;

    private PictureFile() {
    }

    /** Those bytes of what is sent that both ends could know; {@link Backend.Sent#NO_PICTURE_FILE} where it is none. */
    static int knownBytes(Look.Send send) {
        if (send.need() != Need.ALL || send.slices().stream().anyMatch(slice -> slice.bytes()[0] != KIND)) {
            return Backend.Sent.NO_PICTURE_FILE;
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (Slice slice : send.slices()) {
            ByteBuffer part = PlainSlice.open(slice.bytes(), KIND, 0);
            file.write(part.array(), part.position(), part.remaining());
        }
        return KnownBytes.of(file.toByteArray()).orElse(Backend.Sent.NO_PICTURE_FILE);
    }

    /** The same of a file that was coded ahead of time; null where it was not kept: then nothing of it is known. */
    static int knownBytes(Path file) {
        if (file == null) {
            return 0;
        }
        try {
            return KnownBytes.of(Files.readAllBytes(file)).orElse(0);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailedException(ExitCodes.DATA, "reading the coded picture " + file + ": ["
                    + e.getMessage() + "]; make it again with training/precode.py", e);
        }
    }
}
