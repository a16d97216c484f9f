package dev.tandem.hil.eval.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
                assertArrayEquals(plain.read(path), packed.read(path), path);
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
            String message = assertThrows(IOException.class, () -> pictures.read("huge.png")).getMessage();
            assertTrue(message.contains("[" + TOO_MANY + "]"), message);
        }
    }

    @Test
    void aFileThatIsNoZipIsSaid() throws IOException {
        Path words = Files.writeString(folder.resolve("data.zip"), "no zip");
        assertThrows(ZipException.class, () -> DataSet.open(words, null));
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
