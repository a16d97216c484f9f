package dev.tandem.hil.lab.sharing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.pack.GraphSpec;
import dev.tandem.pack.Pack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * A copy of a pack in which one graph reads its weights from another file than the manifest says: the name in the graph
 * is replaced by one of the same length, and the manifest holds the changed graph's hash.
 */
final class StrayPack {
    private Path folder;
    private String stray;

    Path folder() {
        return folder;
    }

    /** Name of the file that the manifest doesn't name. */
    String stray() {
        return stray;
    }

    void make(Pack pack) throws IOException {
        folder = Files.createTempDirectory("tandem-stray");
        copy(pack.folder(), folder);
        GraphSpec graph = pack.manifest().graphs().values().stream().filter(each -> !each.data().isEmpty()).findFirst()
                .orElseThrow(() -> new IOException("no graph of " + pack + " has external data"));
        Path data = folder.resolve(graph.data().getFirst());
        String name = data.getFileName().toString();
        stray = 'z' + name.substring(1);
        byte[] weights = Files.readAllBytes(data);
        weights[0] ^= 1; // the last bit of the first number
        Files.write(data.resolveSibling(stray), weights);
        byte[] model = replaced(Files.readAllBytes(folder.resolve(graph.file())), name, stray);
        rewrite(folder.resolve(graph.file()), model);
        Path manifest = folder.resolve("pack.json");
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = (ObjectNode) json.readTree(Files.readAllBytes(manifest));
        ((ObjectNode) root.path("files").path(graph.file())).put("sha256", sha256(model));
        rewrite(manifest, json.writeValueAsBytes(root));
    }

    /** Links where the file system has them: packs are large. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    link(file, copy);
                }
            }
        }
    }

    private static void link(Path file, Path copy) throws IOException {
        try {
            Files.createLink(copy, file);
        } catch (IOException | UnsupportedOperationException elsewhere) {
            Files.copy(file, copy);
        }
    }

    /** Anew, since the old one may be the pack's own file. */
    private static void rewrite(Path file, byte[] content) throws IOException {
        Files.delete(file);
        Files.write(file, content);
    }

    private static byte[] replaced(byte[] bytes, String from, String to) {
        return new String(bytes, StandardCharsets.ISO_8859_1).replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
