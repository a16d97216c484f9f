package dev.tandem.device.toy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A pack of the toy method alone: a point for each thing that a look can come to, and a graph that nobody may open. */
public final class ToyPack {
    /** In folder {@code toy} below {@code dir}. */
    public static Path write(Path dir) {
        return write(dir, "");
    }

    /** The same with {@code more} in the file that both ends must hold alike. */
    public static Path write(Path dir, String more) {
        byte[] table = ("a table" + more).getBytes(StandardCharsets.UTF_8);
        String manifest = """
                {"schema": 2, "name": "toy", "version": "1", "licence": "Apache-2.0",
                 "preprocessing": {"width": 8, "height": 8, "fit": "squash", "resize": 0,
                                   "mean": [0, 0, 0], "deviation": [1, 1, 1]},
                 "files": {"table.txt": {"bytes": %d, "sha256": "%s"}, "unused.bin": {"bytes": 3, "sha256": "%s"}},
                 "graphs": {"unused": {"file": "unused.bin", "data": [],
                                       "inputs": [{"name": "in", "dtype": "float32", "shape": [1]}],
                                       "outputs": [{"name": "out", "dtype": "float32", "shape": [1]}]}},
                 "methods": {"toy": {"table": "table.txt"}},
                 "points": [{"id": 1, "name": "send", "method": "toy", "knobs": {"look": "send"}},
                            {"id": 2, "name": "here", "method": "toy", "knobs": {"look": "here"}},
                            {"id": 3, "name": "guess", "method": "toy", "knobs": {"look": "guess"}}],
                 "defaultPoint": "send"}
                """.formatted(table.length, sha256(table), "0".repeat(64));
        Path pack = dir.resolve("toy" + more);
        try {
            Files.createDirectories(pack);
            Files.write(pack.resolve("table.txt"), table);
            Files.write(pack.resolve("unused.bin"), new byte[3]); // its hash is wrong: whoever hashes it fails
            Files.writeString(pack.resolve("pack.json"), manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pack;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private ToyPack() {
    }
}
