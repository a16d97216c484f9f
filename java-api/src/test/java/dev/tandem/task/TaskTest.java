package dev.tandem.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

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
