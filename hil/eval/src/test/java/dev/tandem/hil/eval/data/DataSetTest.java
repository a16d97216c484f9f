package dev.tandem.hil.eval.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.command.CommandFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetTest {
    @TempDir
    private Path folder;

    @Test
    void findsPicturesInAZipBesideTheTableAndInItsFolder() throws IOException {
        Path zip = zip(Map.of("test.tsv", "image\tquestion\tanswer\nx.png\tWhat?\tcat\ny.png\tWhat?\tdog\n",
                "train.tsv", "image\tquestion\tanswer\nq.png\tWhat?\tcat\n", "test/x.png", "X", "deep/er/y.png", "Y"));
        try (DataSet set = DataSet.open(zip, null)) {
            assertEquals("test.tsv", set.table());
            assertEquals("all", set.questions().getFirst().kind());
            assertArrayEquals("X".getBytes(StandardCharsets.UTF_8), set.picture("x.png"));
            assertArrayEquals("Y".getBytes(StandardCharsets.UTF_8), set.picture("y.png"));
            assertTrue(assertThrows(CommandFailedException.class, () -> set.picture("z.png")).getMessage()
                    .contains("test/z.png"));
        }
        try (DataSet set = DataSet.open(zip, "train")) {
            assertEquals("q.png", set.questions().getFirst().image());
        }
    }

    @Test
    void takesATableFromOutside() throws IOException {
        Path zip = zip(Map.of("val/n1/x.png", "X"));
        Path table = folder.resolve("mine.tsv");
        Files.writeString(table, "image\tquestion\tanswer\nx.png\tWhat?\tcat");
        try (DataSet set = DataSet.open(zip, table.toString())) {
            assertEquals(1, set.questions().size());
            assertEquals(1, set.picture("x.png").length);
        }
    }

    @Test
    void saysWhatATableLacks() throws IOException {
        Path zip = zip(Map.of("captions.tsv", "image\tcaption\nx.png\ta cat\n"));
        String message = assertThrows(CommandFailedException.class, () -> DataSet.open(zip, null)).getMessage();
        assertTrue(message.contains("no column 'question'") && message.contains("[image, caption]"), message);
        Path broken = zip(Map.of("a.tsv", "image\tquestion\tanswer\nx.png\tWhat?\n"));
        message = assertThrows(CommandFailedException.class, () -> DataSet.open(broken, null)).getMessage();
        assertTrue(message.contains("line 2"), message);
        assertThrows(CommandFailedException.class, () -> DataSet.open(folder.resolve("nowhere"), null));
    }

    @Test
    void aSampleIsFixedByItsSeedAndHasItsSize() {
        List<Question> questions = new ArrayList<>();
        for (int row = 0; row < 100; row++) {
            questions.add(new Question(row, "p" + row / 3, "all", "?", "!"));
        }
        Map<String, List<Question>> drawn = Sample.byPicture(questions, 20, 7);
        assertEquals(20, drawn.values().stream().mapToInt(List::size).sum());
        assertEquals(drawn, Sample.byPicture(questions, 20, 7));
        assertTrue(!drawn.equals(Sample.byPicture(questions, 20, 8)));
        assertEquals(100, Sample.byPicture(questions, 0, 7).values().stream().mapToInt(List::size).sum());
    }

    @Test
    void foldersStandForClasses() throws IOException {
        Path zip = zip(Map.of("train/n01440764/a.webp", "A", "val/n03417042/b.JPEG", "B", "val/n01440764/c.jpg", "C",
                "val/cats/d.png", "D", "val/cats/readme.txt", "no picture", "val/e.png", "no class"));
        try (DataSet set = DataSet.labelled(zip, null, null)) {
            assertEquals(List.of("cats", "0", "569"), set.questions().stream().map(Question::answer).toList());
            assertEquals(List.of(0, 1, 2), set.questions().stream().map(Question::row).toList());
            assertEquals("folders", set.table());
            assertArrayEquals("B".getBytes(StandardCharsets.UTF_8), set.picture(set.questions().getLast().image()));
        }
        Path classes = Files.writeString(folder.resolve("classes.tsv"), "cats\t281\nn01440764\ttench\n");
        try (DataSet set = DataSet.labelled(zip, null, classes)) {
            assertEquals(List.of("281", "tench", "n03417042"),
                    set.questions().stream().map(Question::answer).toList());
        }
        Files.writeString(classes, "cats 281\n");
        assertTrue(assertThrows(CommandFailedException.class, () -> DataSet.labelled(zip, null, classes)).getMessage()
                .contains("[cats 281]"));
    }

    @Test
    void picturesOfWhichNothingIsKnown() throws IOException {
        Path zip = zip(Map.of("a/x.png", "X", "y.JPG", "Y", "notes.txt", "no", "list.tsv", "image\nx.png\n"));
        try (DataSet set = DataSet.unlabelled(zip, null)) {
            assertEquals(List.of("a/x.png", "y.JPG"), set.questions().stream().map(Question::image).toList());
            assertEquals("dog", set.questions().getFirst().withAnswer("dog").answer());
        }
        try (DataSet set = DataSet.unlabelled(zip, "list")) {
            assertArrayEquals("X".getBytes(StandardCharsets.UTF_8), set.picture(set.questions().getFirst().image()));
        }
        Path none = zip(Map.of("notes.txt", "no"));
        assertThrows(CommandFailedException.class, () -> DataSet.unlabelled(none, null));
    }

    @Test
    void aTableOfLabelsGoesBeforeFolders() throws IOException {
        Path zip = zip(Map.of("mine.tsv", "image\tlabel\nx.png\t7\n", "val/cats/x.png", "X",
                "words.tsv", "image\tcaption\nx.png\ta cat\n"));
        try (DataSet set = DataSet.labelled(zip, null, null)) {
            assertEquals(List.of(new Question(0, "x.png", "all", "", "7")), set.questions());
            assertEquals(1, set.picture("x.png").length);
        }
        Path none = zip(Map.of("x.png", "X"));
        assertTrue(assertThrows(CommandFailedException.class, () -> DataSet.labelled(none, null, null)).getMessage()
                .contains("val/CLASS/picture.jpg"));
    }

    @Test
    void theSameClassesInOtherFoldersAreOtherData() throws IOException {
        try (DataSet one = DataSet.labelled(zip(Map.of("val/a/x.png", "X")), null, null);
                DataSet same = DataSet.labelled(zip(Map.of("val/a/x.png", "Y")), null, null);
                DataSet other = DataSet.labelled(zip(Map.of("val/b/x.png", "X")), null, null)) {
            assertEquals(one.tableSha256(), same.tableSha256());
            assertTrue(!one.tableSha256().equals(other.tableSha256()));
        }
    }

    private Path zip(Map<String, String> files) throws IOException {
        Path zip = Files.createTempFile(folder, "data", ".zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return zip;
    }
}
