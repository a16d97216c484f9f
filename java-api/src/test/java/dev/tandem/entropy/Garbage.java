package dev.tandem.entropy;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;

/** What tests of parsers throw at them: any bytes, good files with some edits, slices under a right check sum. */
public abstract class Garbage {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** One thing done to a good file: where (modulo its length), what. */
    public record Edit(int at, int kind, int value) {}

    @Provide
    protected Arbitrary<List<Edit>> edits() {
        Arbitrary<Integer> at = Arbitraries.oneOf(Arbitraries.integers().between(0, 40),
                Arbitraries.integers().between(0, 1 << 20));
        Arbitrary<Integer> value = Arbitraries.oneOf(Arbitraries.integers().between(-2, 260), Arbitraries.integers(),
                Arbitraries.of(Integer.MAX_VALUE, Integer.MIN_VALUE, 65_536, 65_537, 1 << 24));
        return Combinators.combine(at, Arbitraries.integers().between(0, 4), value).as(Edit::new).list().ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    protected Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(400);
    }

    /** A good file after the edits. */
    protected static byte[] mutated(byte[] good, List<Edit> edits) {
        byte[] file = good.clone();
        for (Edit edit : edits) {
            int at = edit.at % Math.max(1, file.length);
            switch (edit.kind) {
                case 0 -> file = Arrays.copyOf(file, at);
                case 1 -> file = Arrays.copyOf(file, file.length + at % 64);
                case 2 -> {
                    if (file.length > 0) {
                        file[at] = (byte) edit.value;
                    }
                }
                case 3 -> {
                    if (file.length > 0) {
                        file[at] ^= (byte) (1 << (edit.value & 7));
                    }
                }
                default -> {
                    for (int i = 0; i < 4 && (at & ~3) + i < file.length; i++) {
                        file[(at & ~3) + i] = (byte) (edit.value >>> 8 * i);
                    }
                }
            }
        }
        return file;
    }

    /** It ends soon, well or in a {@link CorruptBitstreamException} that points into the file. */
    protected static void soon(int length, Runnable reading) {
        assertTimeoutPreemptively(SOON, () -> {
            try {
                reading.run();
            } catch (CorruptBitstreamException e) {
                assertTrue(e.offset() >= 0 && e.offset() <= Math.max(20, length), e.getMessage());
            }
        });
    }

    /** The first bytes of a good file, then others. */
    protected static byte[] behind(byte[] good, int kept, byte[] rest) {
        byte[] file = Arrays.copyOf(good, kept + rest.length);
        System.arraycopy(rest, 0, file, kept, rest.length);
        return file;
    }

    /** A copy whose last four bytes are the check sum of the others. */
    public static byte[] sealed(byte[] bytes) {
        if (bytes.length < SliceSeal.BYTES) {
            return bytes;
        }
        byte[] slice = bytes.clone();
        SliceSeal.put(slice, new CRC32C());
        return slice;
    }
}
