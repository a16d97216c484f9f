package dev.tandem.pack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.method.tofc.codec.RandomCodecModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A small whole pack, written so that one thing of it can be changed. The loader runs nothing, so graphs are names.
 * Encoder 8 x 8 pixels to [1,6,8]; 2 experts, z of width 4.
 */
public final class TestPack {
    public static final ObjectMapper JSON = new ObjectMapper();
    public final Path folder;
    public final ObjectNode manifest;

    public TestPack(Path folder) throws IOException {
        this.folder = folder;
        manifest = (ObjectNode) JSON.readTree(TestPack.class.getResourceAsStream("manifest.json"));
        write("codec/tables.bin", RandomCodecModels.tables(3, 2, 4).toBytes());
        write("codec/hyper.bin", RandomCodecModels.hyperFile(3, 2, 8, 4, 18));
        write("weights.bin", new byte[100]);
        write("tokenizer.json", "{}".getBytes());
        write("labels.txt", "ant\nbee\ncat\ndog\nemu\n".getBytes());
        for (String graph : List.of("encoder", "hyper_analysis", "projector", "embed_tokens", "decoder", "classify")) {
            write(graph + ".onnx", OnnxBytes.named(graph));
        }
        write("golden/pixels.bin", new byte[4 * 3 * 64]);
        write("golden/hidden.bin", new byte[4 * 6 * 8]);
        write("golden/tokens.bin", new byte[4 * 3 * 8]);
        write("golden/expert.bin", new byte[8 * 3]);
        write("golden/z.bin", new byte[4 * 3 * 4]);
        write("golden/slice-0.bin", new byte[40]);
    }

    /** Writes a file and lists it with its size and hash. */
    public TestPack write(String path, byte[] bytes) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.write(folder.resolve(path), bytes);
        manifest.withObjectProperty("files").putObject(path).put("bytes", bytes.length).put("sha256", sha256(bytes));
        return this;
    }

    /** Puts a JSON value at a pointer such as {@code /points/0/id}; an index may be one past the end. */
    public TestPack set(String pointer, String json) throws IOException {
        int cut = pointer.lastIndexOf('/');
        String last = pointer.substring(cut + 1).replace("~1", "/");
        JsonNode value = JSON.readTree(json);
        switch (manifest.at(pointer.substring(0, cut))) {
            case ObjectNode object -> object.set(last, value);
            case com.fasterxml.jackson.databind.node.ArrayNode array when Integer.parseInt(last) < array.size() ->
                array.set(Integer.parseInt(last), value);
            case com.fasterxml.jackson.databind.node.ArrayNode array -> array.add(value);
            default -> throw new IllegalArgumentException(pointer);
        }
        return this;
    }

    public TestPack remove(String parent, String field) {
        ((ObjectNode) manifest.at(parent)).remove(field);
        return this;
    }

    public Pack open() throws IOException {
        Files.writeString(folder.resolve("pack.json"), manifest.toPrettyString());
        return Pack.open(folder);
    }

    public static String sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
