package dev.tandem.hil.eval.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
    private static final long TOO_MANY = (64L << 20) + 1;

    @TempDir
    private Path folder;

    @Test
    void aFolderAndAZipOfItHoldTheSame() throws IOException {
        Files.createDirectories(folder.resolve("data/b/c"));
        Files.write(folder.resolve("data/z.png"), new byte[]{1});
        Files.write(folder.resolve("data/b/a.png"), new byte[]{2, 3});
        Files.write(folder.resolve("data/b/c/d.png"), new byte[0]);
        Path zip = folder.resolve("data.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String path : List.of("z.png", "b/", "b/a.png", "b/c/d.png")) {
                out.putNextEntry(new ZipEntry(path));
                if (!path.endsWith("/")) {
                    out.write(Files.readAllBytes(folder.resolve("data").resolve(path)));
                }
            }
        }
        try (Pictures plain = new FolderPictures(folder.resolve("data")); Pictures packed = new ZipPictures(zip)) {
            assertEquals(List.of("b/a.png", "b/c/d.png", "z.png"), plain.paths());
            assertEquals(plain.paths(), packed.paths());
            for (String path : plain.paths()) {
                assertArrayEquals(plain.read(path, 3), packed.read(path, 3), path);
            }
        }
    }

    @Test
    void whatNoPictureNeedsIsRefusedBeforeItIsRead() throws IOException {
        Path huge = folder.resolve("huge.png");
        try (FileChannel sparse = FileChannel.open(huge, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            sparse.position(TOO_MANY - 1);
            sparse.write(ByteBuffer.wrap(new byte[1]));
        }
        try (Pictures pictures = new FolderPictures(folder)) {
            String message = assertThrows(IOException.class, () -> pictures.read("huge.png", TOO_MANY - 1))
                    .getMessage();
            assertTrue(message.contains("[" + TOO_MANY + "]"), message);
        }
    }

    @Test
    void aFileThatIsNoZipIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("data.zip"), "no zip");
        assertWords(file, file.toString(), "is no ZIP [it begins with \"no z\"]", "--tsv");
        assertWords(Files.write(file, new byte[0]), "the file is empty");
        byte[] whole = zip(StandardCharsets.UTF_8, "test.tsv", "a.png");
        for (int length : new int[]{4, 30, whole.length / 2, whole.length - 1}) {
            assertWords(Files.write(file, Arrays.copyOf(whole, length)), file.toString(), "cut short",
                    "[" + length + "] bytes");
        }
    }

    private static void assertWords(Path file, String... words) {
        String said = assertThrows(ZipException.class, () -> DataSet.open(file, null)).getMessage();
        for (String word : words) {
            assertTrue(said.contains(word), said);
        }
    }

    @Test
    void aZipWithNamesOfOldSystemsIsRead() throws IOException {
        Path zip = Files.write(folder.resolve("old.zip"),
                zip(Charset.forName("IBM437"), "caf\u00e9.png", "\u00f1.tsv"));
        try (Pictures pictures = new ZipPictures(zip)) {
            assertEquals(List.of("caf\u00e9.png", "\u00f1.tsv"), pictures.paths());
            assertEquals(1, pictures.read("caf\u00e9.png", 9).length);
        }
    }

    private static byte[] zip(Charset names, String... paths) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes, names)) {
            for (String path : paths) {
                out.putNextEntry(new ZipEntry(path));
                out.write('x');
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void linksAreFollowedAndThoseThatLeadNowhereOrBackAreNot() throws IOException {
        Path real = Files.createDirectories(folder.resolve("elsewhere/real"));
        Files.write(real.resolve("a.png"), new byte[]{7});
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.createSymbolicLink(data.resolve("images"), real);
        Files.createSymbolicLink(data.resolve("b.png"), real.resolve("a.png"));
        Files.createSymbolicLink(data.resolve("gone"), folder.resolve("nowhere"));
        Files.createSymbolicLink(data.resolve("round"), data);
        Path link = Files.createSymbolicLink(folder.resolve("link"), data);
        for (Path each : List.of(data, link)) {
            try (Pictures pictures = new FolderPictures(each)) {
                assertEquals(List.of("b.png", "images/a.png"), pictures.paths());
                assertArrayEquals(new byte[]{7}, pictures.read("images/a.png", 9));
            }
        }
    }

    @Test
    void aTableIsFoundByItsColumnsWhereThereAreSeveral() throws IOException {
        Files.writeString(folder.resolve("captions.tsv"), "image\tcaption\nx.png\ta cat\n");
        Files.writeString(folder.resolve("val.tsv"), "\uFEFFimage\tquestion\tanswer\nx.png\tWhat?\tcat\n\n");
        Files.write(folder.resolve("x.png"), new byte[1]);
        try (DataSet set = DataSet.open(folder, null)) {
            assertEquals("val.tsv", set.table());
            assertEquals(List.of(new Question(0, "x.png", "all", "What?", "cat")), set.questions());
        }
        Files.writeString(folder.resolve("more.tsv"), "image\tquestion\tanswer\nx.png\tWho?\tcat\n");
        assertTrue(assertThrows(RuntimeException.class, () -> DataSet.open(folder, null)).getMessage()
                .contains("name one with --tsv"));
        try (DataSet set = DataSet.open(folder, "more")) {
            assertEquals("Who?", set.questions().getFirst().text());
        }
        assertTrue(assertThrows(RuntimeException.class, () -> DataSet.open(folder, "none")).getMessage()
                .contains("no table 'none'"));
    }
}
