package dev.tandem.method.tofc.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CdfTables;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.SliceLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The worked example of docs/bitstream.md, section 9: its numbers are asserted here, and its bytes must stand in the
 * document.
 */
class BitstreamExampleTest {
    private static final OperatingStep STEP = new OperatingStep(7, 0.5f, -8);

    private static CodecModel model() {
        int[] ids = {0, 40000, 65000, 65536};
        int[] z = {0, 3277, 62259, 64880, 65536};
        int[] narrow = {0, 500, 65000, 65500, 65536};
        int[] wide = {0, 6554, 19661, 45875, 58982, 65536};
        int[][] rows = new int[67][];
        int[] offsets = new int[67];
        rows[0] = ids;
        for (int row = 1; row < 67; row++) {
            rows[row] = row < 3 ? z : row < 6 ? narrow : wide;
            offsets[row] = row < 6 ? -1 : -2;
        }
        byte[] hyper = new HyperFileWriter(2, 4, new int[]{1, 2, 4}, new int[]{3, 4})
                .layer(new byte[]{10, -20}, new int[]{5, 7}, new int[]{4, 2})
                .layer(new byte[]{3, -1, 2, 2, 5, 0, -6, 9}, new int[]{-40, 12, 30, 0}, new int[]{16, 8, 24, 16})
                .layer(new byte[]{-30, 40}, new int[]{0, 25}, new int[]{6, 3})
                .layer(new byte[]{-2, 4, 1, 1, 7, 3, 0, 5}, new int[]{10, -90, 11, -20}, new int[]{16, 16, 8, 4})
                .toBytes();
        return new CodecModel(CdfTables.of(rows, offsets), ReferenceHyperSynthesis.read(ByteBuffer.wrap(hyper)),
                List.of(STEP));
    }

    @Test
    void hasTheNumbersOfTheDocument() throws IOException, NoSuchAlgorithmException {
        CodecModel model = model();
        TokenLatents latents = new TokenLatents(2, 2, new float[]{6.4f, -3.1f, 0.9f, 9.0f}, new int[]{1, 0},
                new int[]{1, -4});
        int[] mean = new int[4];
        int[] logit = new int[4];
        model.hyper().run(1, latents.z(), 0, mean, logit, 0);
        model.hyper().run(0, latents.z(), 1, mean, logit, 2);
        TokenBuffers tokens = new TokenBuffers(2);
        QuantisedTokens.of(model, model.hyper(), Quantiser.best(), latents, STEP, tokens);
        byte[] slice;
        float[] decoded;
        try (SliceCodec codec = new SliceCodec(model, new MemoryAccount("test", 1 << 20))) {
            slice = codec.encode(latents, STEP, SliceLimits.defaults()).getFirst();
            decoded = codec.decode(slice).values();
        }
        assertArrayEquals(new int[]{106, -66, -62, 28}, mean);
        assertArrayEquals(new int[]{42, 25, 45, 198}, logit);
        assertArrayEquals(new char[]{5, 4, 5, 14}, tokens.rows);
        assertArrayEquals(new int[]{0, 2, 10, 14}, tokens.symbols);
        String bytes = HexFormat.ofDelimiter(" ").formatHex(slice);
        assertEquals("01 07 00 02 02 24 ba 55 dd a0 02 00 00 51 74 7c 8c 02 61 7e 5e a8 57 c3 2e", bytes);
        assertArrayEquals(new float[]{6.625f, -3.125f, 1.125f, 8.75f}, decoded);
        String document = Files.readString(Path.of("..", "docs", "bitstream.md"));
        assertTrue(document.contains("\n" + bytes + "\n"), "docs/bitstream.md lacks " + bytes);
        String hash = HexFormat.of().formatHex(
                MessageDigest.getInstance("SHA-256").digest(model.tables().toBytes()));
        assertTrue(document.contains("`" + hash + "`"), "docs/bitstream.md lacks " + hash);
    }
}
