package dev.tandem.hil.eval.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tables as spreadsheets, scripts and other evaluations write them. */
class TablesTest {
    private static final String HEADER = "image\tquestion\tanswer\n";

    private final TablePictures pictures = new TablePictures();

    private List<Question> parse(byte[] table) {
        return QuestionTable.parse("t.tsv", table, Columns.QUESTIONS, pictures);
    }

    private List<Question> parse(String table) {
        return parse(table.getBytes(StandardCharsets.UTF_8));
    }

    private static Question question(int row, String image, String text, String answer) {
        return new Question(row, image, "all", text, answer);
    }

    private void refused(String table, String... words) {
        refused(table.getBytes(StandardCharsets.UTF_8), words);
    }

    private void refused(byte[] table, String... words) {
        CommandFailedException refused = assertThrows(CommandFailedException.class, () -> parse(table));
        assertEquals(ExitCodes.DATA, refused.exitCode());
        assertTrue(refused.getMessage().length() < 600, "[" + refused.getMessage().length() + "] characters");
        for (String word : words) {
            assertTrue(refused.getMessage().contains(word), refused.getMessage());
        }
    }

    @Test
    void aRowOfAnotherWidthIsRefusedByItsLine() {
        refused(HEADER + "a\tWhat?\tx\nb\tIs it\tnight?\tno\n", "t.tsv", "line 3 has [4] columns, the header has 3");
        refused(HEADER + "a\tIs it night?\n", "line 2 has [2] columns");
        refused(HEADER + "a\t\"two\nlines\"\tx\nb\tWhat?\n", "line 4 has [2] columns");
        refused(HEADER + "\n\na\tWhat?\tx\t\n", "line 4 has [4] columns");
        assertEquals(List.of(question(2, "a", "What?", "")), parse(HEADER + "\n\t\t\na\tWhat?\t"));
    }

    @Test
    void quotesAreThoseOfTheStandard() {
        assertEquals(List.of(question(0, "a", "Is it a \"church\"?", "yes"), question(1, "b", "5\" wide?", "1'"),
                question(2, "c", "one\ttab\nand a line", "\""), question(4, "d", "What?", "x")),
                parse(HEADER + "a\t\"Is it a \"\"church\"\"?\"\t\"yes\"\nb\t5\" wide?\t1'\n"
                        + "c\t\"one\ttab\nand a line\"\t\"\"\"\"\n\"d\"\tWhat?\tx"));
        refused(HEADER + "a\tWhat?\tx\nb\t\"open\tx\nc\tWhat?\tx\n", "begins in line 3");
        refused(HEADER + "a\t\"What\" else?\tx\n", "begins in line 2", "twice");
    }

    @Test
    void whatIsWrittenByTheRulesIsReadBack() {
        Random random = new Random(7);
        String letters = "ab\u00e9\u732b\"\t\n\r ,'#\\";
        List<Question> want = new ArrayList<>();
        StringBuilder table = new StringBuilder("\uFEFF" + HEADER.replace("\n", "\r\n"));
        int line = 2;
        for (int n = 0; n < 300; n++) {
            StringBuilder text = new StringBuilder("q");
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            text.append("?");
            want.add(question(line - 2, "p" + n, text.toString(), "x"));
            table.append("p").append(n).append('\t').append(text.chars().anyMatch(c -> "\"\t\r\n".indexOf(c) >= 0)
                    ? "\"" + text.toString().replace("\"", "\"\"") + "\""
                    : text).append("\tx\r\n");
            line += 1 + (int) text.toString().replace("\r\n", "\n").chars().filter(c -> c == '\n' || c == '\r').count();
        }
        assertEquals(want.stream().map(Question::text).toList(),
                parse(table.toString()).stream().map(Question::text).toList());
        assertEquals(want.stream().map(Question::row).toList(),
                parse(table.toString()).stream().map(Question::row).toList());
    }

    @Test
    void headersAreAsPandasAndSpreadsheetsWriteThem() {
        assertEquals(List.of(question(0, "a.jpg", "What?", "church")),
                parse("\timage\tquestion\tanswer\n0\ta.jpg\tWhat?\tchurch\n"));
        assertEquals(List.of(question(0, "a", "What?", "x")),
                parse("\uFEFF\"image\"\t question \tmore\tanswer\r\na\tWhat?\t\tx\r\n"));
        assertTrue(Columns.QUESTIONS.in(("\uFEFF" + HEADER).getBytes(StandardCharsets.UTF_8)));
        assertTrue(!Columns.CLASSES.in(HEADER.getBytes(StandardCharsets.UTF_8)));
        refused("image\tquestion\tanswer\tanswer\na\tWhat?\tx\ty\n", "column 'answer' is there twice");
        refused("", "it is empty");
        refused(HEADER, "no row");
        refused("image\tcaption\n", "no column 'question'", "[image, caption]");
    }

    @Test
    void whatIsNoUtf8IsRefusedByLineAndByte() {
        byte[] table = (HEADER + "a\tWhat?\tcaf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1);
        refused(table, "line 2, byte " + (table.length - 1) + " of the file, is [0xe9]", "save the table as UTF-8");
        byte[] late = new byte[HEADER.length() + 200_001];
        java.util.Arrays.fill(late, (byte) '\n');
        System.arraycopy(HEADER.getBytes(StandardCharsets.UTF_8), 0, late, 0, HEADER.length());
        late[late.length - 1] = (byte) 0xC3;
        refused(late, "line 200002, byte " + late.length + " of");
        refused((HEADER + "a\tWhat?\tx\n").getBytes(StandardCharsets.UTF_16), "line 1, byte 1 ", "UTF-16");
    }

    @Test
    void picturesInTheTableAreRead() throws IOException {
        byte[] jpeg = picture(0xFF, 0xD8, 0xFF, 0xE0);
        byte[] png = picture(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n');
        String coded = Base64.getEncoder().encodeToString(jpeg);
        List<Question> questions = parse(
                "index\timage\tquestion\tanswer\n7\t" + coded + "\tWhat?\tx\n8\t7\tWho?\ty\n9\t"
                        + "data:image/png;base64,"
                        + Base64.getMimeEncoder().withoutPadding().encodeToString(png).replace("\r\n",
                                " ")
                        + "\tWhat?\tx\n10\ta/b.jpg\tWhat?\tx\n");
        assertArrayEquals(jpeg, pictures.get(questions.get(0).image()));
        assertEquals(questions.get(0).image(), questions.get(1).image());
        assertArrayEquals(png, pictures.get(questions.get(2).image()));
        assertEquals("a/b.jpg", questions.get(3).image());
        assertTrue(questions.getFirst().image().length() < 40);
    }

    @Test
    void aCellThatIsNeitherNameNorPictureIsRefusedInAShortText() {
        String two = "['" + "/9j/".repeat(60_000) + "', '" + "/9j/".repeat(9) + "']";
        refused(HEADER + two + "\tWhat?\tx\n", "picture in line 2", "(240044 characters)");
        refused(HEADER + "data:image/png;base64,%%%\tWhat?\tx\n", "line 2");
    }

    private static byte[] picture(int... begins) throws IOException {
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        for (int each : begins) {
            picture.write(each);
        }
        byte[] rest = new byte[99];
        new Random(1).nextBytes(rest);
        picture.write(rest);
        return picture.toByteArray();
    }
}
