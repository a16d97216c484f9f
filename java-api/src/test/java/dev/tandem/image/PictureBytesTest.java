package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a path leads to: files, pipes, devices, folders, nothing. */
class PictureBytesTest {
    @Test
    void readsAFile(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("p.webp"), Fixture.bytes("lossy.webp"));
        assertEquals(40, ImageReader.read(file).width());
    }

    @Test
    void aFileThatIsTooLongIsNotRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("long.png");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(ImageReader.MAX_FILE_BYTES + 1);
        }
        IOException refused = assertThrows(IOException.class, () -> ImageReader.read(file));
        assertTrue(refused.getMessage().contains("[268435457] bytes"), refused.getMessage());
    }

    /** Of the longest that is allowed it's the start that is wrong. */
    @Test
    void aFileOfTheGreatestLengthIsLookedAt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("longest.png");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(ImageReader.MAX_FILE_BYTES);
        }
        IOException refused = assertThrows(IOException.class, () -> ImageReader.read(file));
        assertTrue(refused.getMessage().contains("[4096] zeros"), refused.getMessage());
    }

    /** Longer and shorter than the start that tells the kind, and of its very length. */
    @Test
    void readsAllOfAFile(@TempDir Path folder) throws IOException {
        RgbImage image = Fixture.shades(70, 50, 4);
        byte[] png = ImageWriter.png(image);
        assertTrue(png.length > 2 * PictureKind.START);
        assertArrayEquals(image.rgb(), ImageReader.read(Files.write(folder.resolve("long.png"), png)).rgb());
        for (int length : new int[]{PictureKind.START - 1, PictureKind.START, PictureKind.START + 1}) {
            byte[] gif = Arrays.copyOf(Fixture.bytes("palette.gif"), length);
            assertArrayEquals(gif, PictureBytes.read(Files.write(folder.resolve("p.gif"), gif)));
        }
    }

    @Test
    void namesAPathThatCannotBeReadWithTheReason(@TempDir Path folder) {
        FileSystemException isFolder = assertThrows(FileSystemException.class, () -> ImageReader.read(folder));
        assertEquals("it is a folder; needed a file", isFolder.getReason());
        assertEquals(folder.toString(), isFolder.getFile());
        NoSuchFileException none = assertThrows(NoSuchFileException.class,
                () -> ImageReader.read(folder.resolve("none.png")));
        assertEquals("there is no such file; needed one", none.getReason());
        assertEquals(folder.resolve("none.png").toString(), none.getFile());
        assertTrue(assertThrows(NoSuchFileException.class, () -> ImageReader.read(Path.of(""))).getReason()
                .startsWith("the name is empty"));
    }

    @Test
    void whatNeverEndsIsNotReadToItsEnd() {
        Path zero = Path.of("/dev/zero");
        assumeTrue(Files.isReadable(zero), "/dev/zero is not there");
        PictureException refused = assertThrows(PictureException.class, () -> ImageReader.read(zero));
        assertTrue(refused.getMessage().contains("/dev/zero") && refused.getMessage().contains("[4096] zeros"),
                refused.getMessage());
    }

    /** A pipe does not say how long it is. */
    @Test
    void aStreamIsRead(@TempDir Path folder) throws IOException, InterruptedException {
        RgbImage image = Fixture.shades(70, 50, 5);
        for (byte[] file : new byte[][]{Fixture.bytes("lossy.jpg"), ImageWriter.png(image)}) {
            Path pipe = folder.resolve("pipe" + file.length);
            assumeTrue(made(pipe), "mkfifo is not there");
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    Files.write(pipe, file, StandardOpenOption.WRITE);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertArrayEquals(ImageReader.read(file, "whole").rgb(), ImageReader.read(pipe).rgb());
            writer.join();
        }
    }

    private static boolean made(Path pipe) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
