package dev.tandem.transport.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file cut into its PEM blocks by their labels. What stands between blocks, comments in any encoding or a byte order
 * mark, is passed over, as RFC 7468 has it; a file may hold blocks of several kinds in any order. Immutable.
 */
final class PemBlocks {
    /** Ten times what the trust file of an operating system has. */
    private static final int MOST_BYTES = 4 << 20;
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----");
    private static final Pattern SPACE = Pattern.compile("[ \t\r\n\f]+");

    private final Path file;
    private final byte[] bytes;
    private final List<Block> blocks;

    /** One block: its label, and its base64 lines as they stand. */
    private record Block(String label, String body) {}

    private PemBlocks(Path file, byte[] bytes, List<Block> blocks) {
        this.file = file;
        this.bytes = bytes;
        this.blocks = blocks;
    }

    /** IOException in words when the file cannot be read or a block has no end. */
    static PemBlocks read(Path file) throws IOException {
        byte[] bytes = bytes(file);
        String text = new String(bytes, charset(bytes));
        List<Block> blocks = new ArrayList<>();
        Matcher begin = BEGIN.matcher(text);
        for (int from = 0; begin.find(from);) {
            String label = begin.group(1);
            int end = text.indexOf("-----END " + label + "-----", begin.end());
            int next = text.indexOf("-----BEGIN ", begin.end());
            if (end < 0 || next >= 0 && next < end) {
                throw new IOException("[" + file + "] holds a block " + label + " without its end; needed -----END "
                        + label + "----- after it: was the file cut short?");
            }
            blocks.add(new Block(label, text.substring(begin.end(), end)));
            from = end;
        }
        return new PemBlocks(file, bytes, blocks);
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("[" + file + "] is a folder, needed a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("[" + file + "] is larger than " + MOST_BYTES + " bytes, no certificates are");
            }
            return bytes;
        }
    }

    /** One character a byte, so that no comment can be malformed; or UTF-16, as some editors save, by its mark. */
    private static Charset charset(byte[] bytes) {
        boolean wide = bytes.length >= 2 && (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF
                || bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE);
        return wide ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1;
    }

    /** Whether there is none: then the whole file may be DER. */
    boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** The file as it is. */
    byte[] whole() {
        return bytes;
    }

    /** What there is, for messages. */
    String labels() {
        return blocks.isEmpty() ? "no PEM block at all" : blocks.stream().map(Block::label).toList().toString();
    }

    boolean has(String label) {
        return blocks.stream().anyMatch(each -> each.label().equals(label));
    }

    /** What the blocks with one of these labels hold, in the file's order; IOException in words for damaged base64. */
    List<byte[]> contents(List<String> labels) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (Block each : blocks) {
            if (labels.contains(each.label())) {
                contents.add(content(each));
            }
        }
        return contents;
    }

    private byte[] content(Block block) throws IOException {
        try {
            byte[] content = Base64.getDecoder().decode(SPACE.matcher(block.body()).replaceAll(""));
            if (content.length == 0) {
                throw new IOException("[" + file + "] holds a block " + block.label() + " with nothing in it");
            }
            return content;
        } catch (IllegalArgumentException e) {
            throw new IOException("[" + file + "] holds a block " + block.label() + " that is damaged: "
                    + e.getMessage() + "; copy the file anew", e);
        }
    }
}
