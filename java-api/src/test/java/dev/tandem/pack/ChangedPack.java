package dev.tandem.pack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** A copy of a pack with one thing changed. */
public record ChangedPack(Path original, Path folder) {
    /** What a JSON pointer names in its manifest is that; vectors of graphs are left out. */
    public Pack changed(String pointer, String json) throws IOException {
        copy();
        ObjectNode tree = tree();
        tree.putArray("golden"); // vectors of graphs, which are held against their declarations too
        int cut = pointer.lastIndexOf('/');
        String field = pointer.substring(cut + 1);
        switch (tree.at(pointer.substring(0, cut))) {
            case ObjectNode object when json.equals("-") -> object.remove(field);
            case ObjectNode object -> object.set(field, TestPack.JSON.readTree(json));
            case ArrayNode array -> array.set(Integer.parseInt(field), TestPack.JSON.readTree(json));
            default -> throw new IllegalArgumentException(pointer);
        }
        TestPack.JSON.writeValue(folder.resolve("pack.json").toFile(), tree);
        return Pack.open(folder);
    }

    /** A file has other bytes, listed as they are. */
    public Pack rewritten(String path, byte[] bytes) throws IOException {
        copy();
        ObjectNode tree = tree();
        Files.write(folder.resolve(path), bytes);
        ((ObjectNode) tree.at("/files").get(path)).put("bytes", bytes.length).put("sha256", TestPack.sha256(bytes));
        TestPack.JSON.writeValue(folder.resolve("pack.json").toFile(), tree);
        return Pack.open(folder);
    }

    private ObjectNode tree() throws IOException {
        return (ObjectNode) TestPack.JSON.readTree(folder.resolve("pack.json").toFile());
    }

    private void copy() throws IOException {
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = folder.resolve(original.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
