package dev.tandem.entropy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RansRoundTripTest {
    private record Case(CdfTables tables, int[] rows, int[] values, byte[] stream) {
        static Case of(long seed, int most) {
            SplittableRandom random = new SplittableRandom(seed);
            CdfTables tables = RandomTables.create(random);
            int count = random.nextInt(most);
            int[] rows = new int[count];
            int[] values = new int[count];
            RansEncoder encoder = new RansEncoder();
            for (int i = 0; i < count; i++) {
                rows[i] = random.nextInt(tables.rows());
                values[i] = RandomTables.value(random, tables, rows[i]);
                encoder.put(tables, rows[i], values[i]);
            }
            return new Case(tables, rows, values, encoder.finish());
        }

        int[] decode(byte[] data, int offset, int length) {
            RansDecoder decoder = new RansDecoder(data, offset, length);
            int[] decoded = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                decoded[i] = decoder.get(tables, rows[i]);
            }
            decoder.finish();
            return decoded;
        }
    }

    @Test
    void fiveHundredRandomTablesAndStreamsComeBack() {
        for (int seed = 0; seed < 500; seed++) {
            Case c = Case.of(seed, 400);
            byte[] padded = new byte[c.stream.length + 10];
            System.arraycopy(c.stream, 0, padded, 5, c.stream.length);
            RansDecoder decoder = new RansDecoder(padded, 5, c.stream.length);
            for (int i = 0; i < c.values.length; i++) {
                assertEquals(c.values[i], decoder.get(c.tables, c.rows[i]), "seed " + seed + " value " + i);
            }
            decoder.finish();
        }
    }

    @Test
    void theLengthIsWithinTheStateOfTheIdealOne() {
        for (int seed = 0; seed < 50; seed++) {
            Case c = Case.of(seed, 2000);
            double ideal = 0;
            for (int i = 0; i < c.values.length; i++) {
                ideal += IdealLength.bits(c.tables, c.rows[i], c.values[i]);
            }
            double excess = c.stream.length * 8 - ideal;
            assertTrue(excess >= 0 && excess <= 64 + ideal * 1e-3, "seed " + seed + " excess " + excess);
        }
    }

    @Test
    void everyTruncationIsFound() {
        for (int seed = 0; seed < 40; seed++) {
            Case c = Case.of(seed, 200);
            for (int length = 0; length < c.stream.length; length++) {
                int cut = length;
                assertThrows(CorruptBitstreamException.class, () -> c.decode(c.stream, 0, cut));
            }
        }
    }

    @Test
    void aLongerStreamIsFound() {
        Case c = Case.of(7, 200);
        byte[] longer = java.util.Arrays.copyOf(c.stream, c.stream.length + 4);
        assertThrows(CorruptBitstreamException.class, () -> c.decode(longer, 0, longer.length));
    }

    /**
     * A flip inside a raw nibble, or between symbols of equal frequency, turns a stream into another valid one; the
     * final state cannot tell, which is why slices have a check sum. What a flip never does is give values that the
     * encoder would have written otherwise.
     */
    @Test
    void everyBitFlipIsFoundOrGivesAnotherCanonicalStream() {
        for (int seed = 0; seed < 60; seed++) {
            Case c = Case.of(seed, 120);
            for (int bit = 0; bit < c.stream.length * 8; bit++) {
                byte[] data = c.stream.clone();
                data[bit / 8] ^= (byte) (1 << bit % 8);
                int[] values;
                try {
                    values = c.decode(data, 0, data.length);
                } catch (CorruptBitstreamException e) {
                    continue;
                }
                RansEncoder encoder = new RansEncoder();
                for (int i = 0; i < values.length; i++) {
                    encoder.put(c.tables, c.rows[i], values[i]);
                }
                assertArrayEquals(data, encoder.finish(), "seed " + seed + " bit " + bit);
            }
        }
    }

    @Test
    void noiseEndsInATypedError() {
        SplittableRandom random = new SplittableRandom(99);
        for (int seed = 0; seed < 300; seed++) {
            Case c = Case.of(seed, 300);
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            assertThrows(CorruptBitstreamException.class, () -> c.decode(noise, 0, noise.length));
        }
    }
}
