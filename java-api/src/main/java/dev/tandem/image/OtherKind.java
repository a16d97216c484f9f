package dev.tandem.image;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Names what is not read, so that who gave it as a picture knows what to do. */
final class OtherKind {
    private static final Map<String, String> STARTS = new TreeMap<>(Map.ofEntries(
            Map.entry("version https://git-lfs", "a Git LFS pointer, not the picture itself: fetch it (git lfs pull)"),
            Map.entry("/annex/objects/", "a git-annex pointer, not the picture itself: fetch it (git annex get)"),
            Map.entry("%PDF", "a PDF document"), Map.entry("PK\3\4", "a ZIP archive"),
            Map.entry("\37\213", "data packed by gzip"), Map.entry("7z\u00bc\u00af", "a 7z archive"),
            Map.entry("8BPS", "a Photoshop document"), Map.entry("%!PS", "a PostScript document"),
            Map.entry("\u007fELF", "a program"), Map.entry("gimp xcf", "a GIMP document"),
            Map.entry("\u00ff\n", "JPEG XL"), Map.entry("\0\0\0\14JXL ", "JPEG XL"),
            Map.entry("\0\0\0\14jP  ", "JPEG 2000"), Map.entry("\u00ff\u004f\u00ff\u0051", "JPEG 2000"),
            Map.entry("II+\0", "BigTIFF"), Map.entry("MM\0+", "BigTIFF"), Map.entry("\0\0\1\0", "an icon (ICO)"),
            Map.entry("\0\0\2\0", "a cursor (CUR)"), Map.entry("IIRO", "camera raw (ORF)"),
            Map.entry("IIU\0", "camera raw (RW2)"), Map.entry("FUJIFILM", "camera raw (RAF)"),
            Map.entry("qoif", "QOI"), Map.entry("farbfeld", "farbfeld"), Map.entry("#?RADIANCE", "Radiance HDR"),
            Map.entry("v/1\1", "OpenEXR"), Map.entry("DDS ", "a DirectDraw surface"),
            Map.entry("\u001aE\u00df\u00a3", "a video (Matroska or WebM)"), Map.entry("RIFF", "a RIFF file, not WebP"),
            Map.entry("SQLite format 3", "a database"), Map.entry("\u0080\2", "a Python pickle"),
            Map.entry("\u0093NUMPY", "a NumPy array")));

    private OtherKind() {
    }

    /** What a file is, as a phrase; {@code start} are its first bytes. */
    static String words(byte[] start) {
        if (start.length == 0) {
            return "an empty file";
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (text.startsWith("ftyp", 4)) {
            return boxed(text);
        }
        for (Map.Entry<String, String> one : STARTS.entrySet()) {
            if (text.startsWith(one.getKey())) {
                return one.getValue();
            }
        }
        if (text.matches("(?s)P[1-7]\\s.*")) {
            return "a Netpbm picture";
        }
        if (text.chars().allMatch(c -> c == 0)) {
            return "a file that begins with [" + start.length + "] zeros";
        }
        return text(start);
    }

    /** Boxes of ISO/IEC 14496-12: the brands tell what is inside. */
    private static String boxed(String text) {
        int size = Math.max(12, text.charAt(2) << 8 | text.charAt(3));
        String brands = text.substring(8, Math.clamp(size, 8, text.length()));
        if (brands.contains("avif") || brands.contains("avis")) {
            return "AVIF";
        }
        if (brands.matches("(?s).*(hei[cxms]|hev[cxms]|mif1|msf1).*")) {
            return "HEIC";
        }
        return brands.startsWith("crx ") ? "camera raw (CR3)" : "a video (MP4 or its kin)";
    }

    private static String text(byte[] start) {
        String text = new String(start, StandardCharsets.UTF_8).stripLeading();
        String lower = text.toLowerCase(Locale.ROOT).replace("\ufeff", "");
        if (lower.startsWith("<!doctype html") || lower.startsWith("<html") || lower.startsWith("<head")
                || lower.startsWith("<body") || lower.startsWith("<!--") && lower.contains("<html")
                || lower.startsWith("<?xml") && lower.contains("<html")) {
            return "HTML, not a picture";
        }
        if (lower.startsWith("<svg") || lower.startsWith("<?xml") && lower.contains("<svg")) {
            return "SVG, a drawing without pixels";
        }
        if (lower.startsWith("<")) {
            return "XML, not a picture";
        }
        if (lower.startsWith("data:image/") || lower.startsWith("/9j/") || lower.startsWith("ivborw0kgg")) {
            return "a picture as base64 text: decode it first";
        }
        if (lower.startsWith("{") || lower.startsWith("[")) {
            return "JSON, not a picture";
        }
        boolean words = text.chars().noneMatch(c -> c < 32 && c != '\n' && c != '\r' && c != '\t' || c == 0xfffd);
        return words ? "text, not a picture" : "of no known kind";
    }
}
