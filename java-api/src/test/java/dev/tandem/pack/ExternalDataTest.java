package dev.tandem.pack;

import static dev.tandem.pack.OnnxBytes.field;
import static dev.tandem.pack.OnnxBytes.inside;
import static dev.tandem.pack.OnnxBytes.join;
import static dev.tandem.pack.OnnxBytes.model;
import static dev.tandem.pack.OnnxBytes.outside;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a graph takes from other files, wherever in it that is said. */
class ExternalDataTest {
    @TempDir
    private Path dir;

    private Set<String> of(byte[] onnx) throws IOException {
        return ExternalData.of(Files.write(dir.resolve("graph.onnx"), onnx));
    }

    /** An attribute of a node. */
    private static byte[] node(byte[] attribute) {
        return field(1, field(5, attribute));
    }

    @Test
    void everyPlaceOfATensorIsSeen() throws IOException {
        assertEquals(Set.of(), of(OnnxBytes.named("nobody")));
        assertEquals(Set.of(), of(model(field(5, inside(300)))));
        assertEquals(Set.of("a"), of(model(join(field(5, inside(9)), field(5, outside("a"))))));
        assertEquals(Set.of("b"), of(model(field(15, field(1, outside("b"))))), "sparse, values");
        assertEquals(Set.of("c"), of(model(field(15, field(2, outside("c"))))), "sparse, indices");
        assertEquals(Set.of("d"), of(model(node(field(5, outside("d"))))), "a constant");
        assertEquals(Set.of("e"), of(model(node(field(10, outside("e"))))), "a list of constants");
        assertEquals(Set.of("f"), of(model(node(field(6, field(5, outside("f")))))), "a branch");
        assertEquals(Set.of("g"), of(model(node(field(11, node(field(22, field(1, outside("g")))))))), "deep inside");
        assertEquals(Set.of("h"), of(join(model(new byte[0]), field(25, field(7, field(5, field(5, outside("h"))))))),
                "a function");
        assertEquals(Set.of("i"), of(join(model(new byte[0]), field(20, field(1, field(5, outside("i")))))),
                "training");
        assertEquals(Set.of("j", "k"), of(join(model(field(5, outside("j"))), field(7, field(5, outside("k"))))),
                "a graph in two parts, which a reader joins");
    }

    @Test
    void whatIsNoOnnxIsRefusedAndNeverAnythingElse() throws IOException {
        byte[] good = model(join(field(5, inside(40)), node(field(6, field(5, outside("weights.bin"))))));
        Random random = new Random(8);
        for (int cut = 0; cut < good.length; cut++) {
            byte[] part = Arrays.copyOf(good, cut);
            try {
                of(part);
            } catch (IOException e) {
                assertTrue(e.getMessage().contains("no ONNX"), e.getMessage());
            }
        }
        for (int i = 0; i < 2000; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            try {
                of(bad);
            } catch (IOException e) {
                assertTrue(e.getMessage().contains("no ONNX"), e.getMessage());
            }
        }
        assertThrows(IOException.class, () -> of("encoder".getBytes()));
        assertThrows(IOException.class, () -> of(model(field(5, outside("a\u001b[2J")))));
        byte[] deep = outside("x");
        for (int i = 0; i < 200; i++) {
            deep = node(field(6, deep));
        }
        byte[] tower = model(deep);
        assertThrows(IOException.class, () -> of(tower));
        byte[] many = join(IntStream.range(0, 1100).mapToObj(i -> field(5, outside("f" + i))).toArray(byte[][]::new));
        assertThrows(IOException.class, () -> of(model(many)));
    }

    @Test
    void aPackWhoseGraphTakesAFileThatItDoesNotListIsRefused() throws IOException {
        for (String location : new String[]{"other.bin", "../other.bin", "/etc/hostname", "./weights.bin", ""}) {
            Pack pack = new TestPack(dir.resolve("p" + location.hashCode()))
                    .write("encoder.onnx", model(field(5, outside(location)))).open();
            Files.write(pack.folder().resolve("other.bin"), new byte[8]);
            for (PackException refused : new PackException[]{
                    assertThrows(PackException.class, () -> pack.graphFile("encoder")),
                    assertThrows(PackException.class, () -> pack.verify(done -> {
                    }))}) {
                assertTrue(refused.getMessage().contains("weights in the file " + location)
                        && refused.getMessage().contains("graphs.encoder.data"), refused.getMessage());
            }
            assertDoesNotThrow(() -> pack.graphFile("decoder"));
        }
        Pack listed = new TestPack(dir.resolve("listed")).write("encoder.onnx", model(field(5, outside("weights.bin"))))
                .open();
        listed.verify(done -> {
        });
        assertEquals(listed.folder().resolve("encoder.onnx"), listed.graphFile("encoder"));
    }

    @Test
    void theManifestAndANeighbourAreNoLinks() throws IOException {
        TestPack pack = new TestPack(dir.resolve("pack"));
        pack.open();
        Path manifest = pack.folder.resolve("pack.json");
        Files.createSymbolicLink(manifest, Files.move(manifest, dir.resolve("elsewhere.json")));
        assertTrue(assertThrows(PackException.class, () -> Pack.open(pack.folder)).getMessage()
                .contains("symbolic link"));
        TestPack shares = new TestPack(dir.resolve("shares")).set("/files/labels.txt/pack", "\"neighbour\"");
        Files.createSymbolicLink(dir.resolve("neighbour"), pack.folder);
        Pack opened = shares.open();
        assertTrue(assertThrows(PackException.class, () -> opened.file("labels.txt")).getMessage()
                .contains("neighbour beside it is a symbolic link"));
    }
}
