package dev.tandem.method.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.Garbage;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.SliceLimits;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * CompressAI's own string of a map, under tables imported from its state dict: ours is the same, and its decoded values
 * are ours. The files were made by it (training/tests/from_compressai/make.py).
 */
class CompressAiStringTest {
    private static final Path FOLDER = Path.of("..", "training", "tests", "from_compressai");
    private static final LatentShape SHAPE = new LatentShape(6, 7, 9);
    private static final int HEADER = 6;

    private static float[] floats(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(FOLDER.resolve(name));
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    @Test
    void oneBandIsItsStringBothWays() throws IOException {
        CdfTables tables = CdfTables.read(ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve("tables.bin"))));
        float[] medians = floats("medians.bin");
        byte[] string = Files.readAllBytes(FOLDER.resolve("string.bin"));
        float[] latent = floats("latent.bin");
        float[] decoded = floats("decoded.bin");
        for (int i = 0; i < latent.length; i++) {
            latent[i] -= medians[i / SHAPE.positions()];
        }
        byte[] theirs = new byte[HEADER + string.length + 4];
        System.arraycopy(new byte[]{1, 8, 7, 9, 0, 1}, 0, theirs, 0, HEADER);
        System.arraycopy(string, 0, theirs, HEADER, string.length);
        try (LatentCodec best = new LatentCodec(tables, SHAPE, MemoryAccount.process().owner("test"))) {
            for (LatentCodec codec : List.of(LatentCodec.plain(tables, SHAPE), best)) {
                byte[] ours = codec.encode(MemorySegment.ofArray(latent), 8, SliceLimits.defaults()).getFirst();
                assertArrayEquals(string, Arrays.copyOfRange(ours, HEADER, ours.length - 4));
                BandSlice band = codec.open(Garbage.sealed(theirs), 8, 1);
                codec.decode(List.of(band));
                for (int i = 0; i < decoded.length; i++) {
                    assertEquals(decoded[i], band.symbols()[i] + medians[i / SHAPE.positions()]);
                }
            }
        }
    }
}
