package dev.tandem.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Crc32cTest {
    private static final int CHECK = 0xE3069283;

    @Test
    void theCheckValueIsRightWithOrWithoutTheLibrary() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment digits = arena.allocate(9);
            digits.copyFrom(MemorySegment.ofArray("123456789".getBytes(StandardCharsets.US_ASCII)));
            assertEquals(CHECK, Crc32c.of(digits));
            assertEquals(CHECK, Crc32c.reference(digits));
            assertEquals(0, Crc32c.of(arena.allocate(0)));
        }
        assertThrows(IllegalArgumentException.class, () -> Crc32c.of(MemorySegment.ofArray(new byte[3])));
    }

    @Test
    void nativeAndReferenceAgreeAtEveryTailAndAlignment() {
        NativeBuild.require();
        Random random = new Random(11);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(1200, 64);
            for (long i = 0; i < data.byteSize(); i++)
                data.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
            for (int from = 0; from < 9; from++)
                for (int bytes = 0; bytes <= 1100; bytes++) {
                    MemorySegment part = data.asSlice(from, bytes);
                    assertEquals(Crc32c.reference(part), Crc32c.of(part), from + "+" + bytes);
                }
        }
    }

    @Test
    void piecesGiveTheSameAsTheWhole() {
        NativeBuild.require();
        Random random = new Random(12);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(4099);
            for (long i = 0; i < data.byteSize(); i++)
                data.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
            for (int trial = 0; trial < 200; trial++) {
                long cut = random.nextLong(data.byteSize() + 1);
                assertEquals(Crc32c.reference(data),
                        Crc32c.update(Crc32c.update(0, data.asSlice(0, cut)), data.asSlice(cut)));
            }
        }
    }
}
