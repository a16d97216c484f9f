package dev.tandem.hil.eval.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Opens a ZIP, or says what the file is instead. */
final class ZipOpening {
    /** Names that are not marked as UTF-8 are in this one, by the format's own rule. */
    private static final String OLD_NAMES = "IBM437";
    private static final int SIGNATURE_BYTES = 4;

    private ZipOpening() {
    }

    /** ZipException in words for what is none, is cut short or is damaged. */
    static ZipFile open(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException asUtf8) {
            if (Charset.isSupported(OLD_NAMES)) {
                try {
                    return new ZipFile(file.toFile(), Charset.forName(OLD_NAMES));
                } catch (ZipException noZip) {
                    // The first reason says more.
                }
            }
            throw (ZipException) new ZipException(words(file, asUtf8)).initCause(asUtf8);
        }
    }

    private static String words(Path file, ZipException why) throws IOException {
        String needed = "; needed a folder or a ZIP with pictures, and a TSV beside them or named by --tsv";
        byte[] begins;
        try (InputStream in = Files.newInputStream(file)) {
            begins = in.readNBytes(SIGNATURE_BYTES);
        }
        if (begins.length == 0) {
            return "opening the data set " + file + ": the file is empty" + needed;
        }
        if (begins.length >= 2 && begins[0] == 'P' && begins[1] == 'K') {
            return "opening the data set " + file + ": it begins as a ZIP and is damaged or cut short ["
                    + why.getMessage()
                    + "], at [" + Files.size(file) + "] bytes; copy or download it anew";
        }
        return "opening the data set " + file + ": it is no ZIP [it begins with \""
                + Words.shortened(new String(begins, StandardCharsets.ISO_8859_1), SIGNATURE_BYTES) + "\"]" + needed;
    }
}
