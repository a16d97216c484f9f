package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.made.Dice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes instead of a picture is named; starts are written in ISO 8859-1. */
class OtherKindTest {
    static Stream<Arguments> rows() {
        return Stream.of(row("", "an empty file"), row("\0\0\0\30ftypheic\0\0\0\0mif1heic", "HEIC"),
                row("\0\0\0\30ftypmif1\0\0\0\0mif1heix", "HEIC"), row("\0\0\0\34ftypmif1\0\0\0\0avifmif1miaf", "AVIF"),
                row("\0\0\0\34ftypavis\0\0\0\0avismsf1miaf", "AVIF"),
                row("\0\0\0\30ftypisom\0\0\0\0isomavc1", "a video"),
                row("\0\0\0\30ftypcrx \0\0\0\0crx isom", "camera raw"), row("<!DOCTYPE html><p>", "HTML"),
                row(" \r\n<html lang=en>", "HTML"), row("\u00ef\u00bb\u00bf<!doctype HTML>", "HTML"),
                row("<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"\">\n<html>", "HTML"),
                row("<!-- saved -->\n<html>", "HTML"), row("<svg xmlns=''>", "SVG"),
                row("<?xml version='1.0'?><svg>", "SVG"), row("<?xml version='1.0'?><Error><Code>", "XML"),
                row("version https://git-lfs.github.com/spec/v1\noid sha256:", "Git LFS pointer"),
                row("/annex/objects/SHA256E-s1", "git-annex pointer"), row("{\"error\": 404}", "JSON"),
                row("Not found\n", "text, not a picture"), row("data:image/png;base64,iVBOR", "base64"),
                row("/9j/4AAQSkZJRgABAQ", "base64"), row("%PDF-1.7", "PDF"), row("PK\3\4", "ZIP"),
                row("\37\213\10", "gzip"), row("8BPS\0\1", "Photoshop"), row("\u00ff\n\0", "JPEG XL"),
                row("\0\0\0\14JXL \r\n\u0087\n", "JPEG XL"), row("\0\0\0\14jP  \r\n\u0087\n", "JPEG 2000"),
                row("II+\0\10\0", "BigTIFF"), row("\0\0\1\0\1\0", "icon"), row("P6\n3 2\n255\n", "Netpbm"),
                row("RIFF\0\0\0\0WAVE", "RIFF"), row("\u001aE\u00df\u00a3", "video"),
                row("\0\0\0\0\0\0\0\0", "[8] zeros"), row("BM wrote this", "text"),
                row("\u00ff\u00d8", "no known kind"));
    }

    private static Arguments row(String start, String words) {
        return Arguments.of(start, words);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isNamed(String start, String words) {
        byte[] file = start.getBytes(StandardCharsets.ISO_8859_1);
        PictureException refused = assertThrows(PictureException.class, () -> ImageReader.read(file, "a.jpg"));
        assertTrue(refused.getMessage().startsWith("reading the picture a.jpg: this is [")
                && refused.getMessage().contains(words), refused.getMessage());
    }

    /** Letters that begin words too; a header's length is behind them. */
    @Test
    void aBitmapIsToldByItsHeadersLength() {
        for (int length = 0; length < 300; length++) {
            byte[] start = new byte[18];
            start[0] = 'B';
            start[1] = 'M';
            start[14] = (byte) length;
            start[15] = (byte) (length >> 8);
            boolean bitmap = length == 12 || length >= 16 && length <= 124;
            assertEquals(bitmap ? PictureKind.BMP : null, PictureKind.of(start), "a header of " + length);
            assertNull(PictureKind.of(Arrays.copyOf(start, 17)));
        }
    }

    @Test
    void nothingMakesItFail() {
        for (int seed = 0; seed < 2000; seed++) {
            Dice dice = new Dice(seed);
            byte[] start = dice.bytes(1 + dice.below(40));
            if (dice.in(3)) {
                System.arraycopy("ftyp".getBytes(StandardCharsets.ISO_8859_1), 0, start = Arrays.copyOf(start,
                        Math.max(8, start.length)), 4, 4);
            }
            assertTrue(OtherKind.words(start).length() > 3);
        }
        assertEquals("an empty file", OtherKind.words(new byte[0]));
    }
}
