package dev.tandem.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Tasks and parts on the wire (docs/wire.md section 2). */
class TaskTest {
    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    @Test
    void writesTasksAsDocumented() {
        assertArrayEquals(hex("000057686174 3f".replace(" ", "")), new Task.Question("What?", 0).body());
        assertArrayEquals(hex("05"), new Task.Classify(5).body());
        assertArrayEquals(hex("e000"), new Task.Preview(224).body());
    }

    @Test
    void writesPartsAsDocumented() {
        assertArrayEquals(hex("c3a9"), new Part.Words("é").body());
        assertArrayEquals(hex("01" + "0000003f" + "0100" + "03" + "636174"),
                new Part.Labels(List.of(new Label(1, "cat", 0.5f))).body());
        assertArrayEquals(hex("09" + "696d6167652f706e67" + "0102"),
                new Part.Picture(new byte[]{1, 2}, "image/png").body());
    }

    @Test
    void readsWhatItWrites() {
        for (Task task : List.of(new Task.Question("Wie spät?", 17), new Task.Classify(255), new Task.Preview(65535))) {
            assertEquals(task, Task.read(task.code(), task.body()));
        }
        for (Part part : List.of(new Part.Words("ja"), new Part.Labels(List.of()),
                new Part.Labels(List.of(new Label(0, "", 1), new Label(65535, "é".repeat(100), 0))))) {
            assertEquals(part, Part.read(part.code(), part.body()));
        }
        Part.Picture picture = (Part.Picture) Part.read(3, new Part.Picture(new byte[]{7}, "image/jpeg").body());
        assertEquals("image/jpeg", picture.type());
        assertArrayEquals(new byte[]{7}, picture.file());
    }

    @Test
    void refusesWhatIsNotOfTheTask() {
        for (int code : new int[]{0, 4, 255}) {
            assertTrue(assertThrows(MalformedTaskException.class, () -> Task.read(code, new byte[3])).getMessage()
                    .contains("update"));
            assertThrows(MalformedTaskException.class, () -> Part.read(code, new byte[3]));
        }
        assertThrows(MalformedTaskException.class, () -> Task.read(1, hex("0000")), "an empty question");
        assertThrows(MalformedTaskException.class, () -> Task.read(1, hex("0000ff")), "not UTF-8");
        assertThrows(MalformedTaskException.class, () -> Task.read(2, hex("00")), "no labels");
        assertThrows(MalformedTaskException.class, () -> Task.read(2, hex("0501")), "a byte too many");
        assertThrows(MalformedTaskException.class, () -> Task.read(3, hex("0000")), "no side");
        assertThrows(MalformedTaskException.class, () -> Part.read(2, hex("01" + "0000c07f" + "0100" + "00")), "NaN");
        assertThrows(MalformedTaskException.class, () -> Part.read(3, hex("00")), "no media type");
        assertSays("task 1: [1] bytes left, needed 2", () -> Task.read(1, hex("00")));
        assertSays("part 2: [3] bytes left, needed 4", () -> Part.read(2, hex("01000000")));
        assertSays("part 2: [1] bytes too many", () -> Part.read(2, hex("0000")));
        assertSays("part 3: [1] bytes left, needed 2", () -> Part.read(3, hex("0261")));
    }

    private static void assertSays(String words, Executable refused) {
        String message = assertThrows(MalformedTaskException.class, refused).getMessage();
        assertTrue(message.contains(words), message);
    }

    /** Limits themselves are allowed, one more is not. */
    @Test
    void keepsToTheLimits() {
        assertEquals(0xFFFF, new Task.Question("x", 0xFFFF).most());
        assertEquals(1, new Task.Classify(1).top());
        assertEquals(255, new Part.Labels(Collections.nCopies(255, new Label(0, "x", 0))).best().size());
        Label most = new Label(0xFFFF, "n".repeat(255), 1);
        assertEquals(most, ((Part.Labels) Part.read(2, new Part.Labels(List.of(most)).body())).best().get(0));
        String type = "t".repeat(255);
        assertEquals(type, ((Part.Picture) Part.read(3, new Part.Picture(new byte[0], type).body())).type());
        for (Executable wrong : List.<Executable>of(() -> new Task.Question("", 0), () -> new Task.Question("x", -1),
                () -> new Task.Question("x", 0x10000), () -> new Task.Classify(0), () -> new Task.Classify(256),
                () -> new Task.Preview(0), () -> new Task.Preview(0x10000), () -> new Part.Words(""),
                () -> new Part.Labels(Collections.nCopies(256, new Label(0, "x", 0))),
                () -> new Part.Picture(new byte[0], ""), () -> new Part.Picture(new byte[0], "t".repeat(256)),
                () -> new Label(-1, "x", 0), () -> new Label(0x10000, "x", 0), () -> new Label(0, "n".repeat(256), 0),
                () -> new Label(0, "x", -0.01f), () -> new Label(0, "x", 1.01f),
                () -> new Label(0, "x", Float.NaN))) {
            assertThrows(IllegalArgumentException.class, wrong);
        }
    }

    @Test
    void saysWhatEachIs() {
        assertEquals(List.of("question", "classify", "preview"),
                List.of(new Task.Question("x", 0).word(), new Task.Classify(1).word(), new Task.Preview(1).word()));
        assertEquals(List.of(1, 2, 3),
                List.of(new Task.Question("x", 0).code(), new Task.Classify(1).code(), new Task.Preview(1).code()));
        assertEquals(List.of(1, 2, 3), List.of(new Part.Words("x").code(), new Part.Labels(List.of()).code(),
                new Part.Picture(new byte[0], "image/png").code()));
    }

    /** Words are joined; of labels and pictures the last one counts. */
    @Test
    void gathersAnAnswer() {
        Answer answer = new Answer();
        assertEquals(List.of(), answer.parts());
        assertEquals("", answer.text());
        assertEquals(List.of(), answer.labels());
        assertNull(answer.picture());
        Part.Labels last = new Part.Labels(List.of(new Label(2, "bee", 0.75f)));
        Part.Picture picture = new Part.Picture(new byte[]{2}, "image/png");
        for (Part part : List.of(new Part.Labels(List.of(new Label(1, "ant", 0.5f))), new Part.Words("a "),
                new Part.Picture(new byte[]{1}, "image/png"), last, new Part.Words("bee"), picture)) {
            answer.add(part);
        }
        assertEquals("a bee", answer.text());
        assertEquals(last.best(), answer.labels());
        assertSame(picture, answer.picture());
        assertEquals(List.of(new Part.Words("a bee"), last, picture), answer.parts());
    }

    /** Seeded garbage ends in a value or in words, never in another exception. */
    @Test
    void readsGarbageInWords() {
        Random random = new Random(9);
        byte[] labels = new Part.Labels(List.of(new Label(3, "dog", 0.25f), new Label(4, "emu", 0.125f))).body();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = i % 2 == 0 ? new byte[random.nextInt(20)] : Arrays.copyOf(labels, random.nextInt(22));
            if (i % 2 == 0) {
                random.nextBytes(bytes);
            } else if (bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            int code = 1 + random.nextInt(3);
            try {
                assertArrayEquals(bytes, Part.read(code, bytes).body());
            } catch (MalformedTaskException expected) {
                assertTrue(expected.getMessage().startsWith("reading part"), expected.getMessage());
            }
            try {
                assertArrayEquals(bytes, Task.read(code, bytes).body());
            } catch (MalformedTaskException expected) {
                assertTrue(expected.getMessage().startsWith("reading task"), expected.getMessage());
            }
        }
    }
}
