package dev.tandem.hil.eval.data;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.method.SliceLimits;
import dev.tandem.transport.frame.FrameHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures that were encoded ahead of time, by a codec for which Java has no library: a folder with {@code index.tsv},
 * columns {@code image}, {@code codec}, {@code quality}, {@code bytes} (of the encoded file) and {@code decoded} (path of
 * the picture that comes out of it, a PNG). {@code training/precode.py} makes one.
 */
final class Precoded {
    /** Kind, index, count and CRC-32C of a slice that holds a part of a file. */
    private static final int SLICE_BYTES = 1 + 2 + 2 + 4;

    private final Path folder;
    private final Map<String, Entry> entries = new HashMap<>();

    /** One encoded picture: its size, and what it looks like after decoding. */
    record Entry(long bytes, Path decoded) {}

    /** Reads the index. */
    Precoded(Path folder) throws IOException {
        this.folder = folder;
        List<String> lines = Files.readAllLines(folder.resolve("index.tsv"));
        List<String> header = Arrays.asList(lines.getFirst().split("\t"));
        for (String column : List.of("image", "codec", "quality", "bytes", "decoded")) {
            if (!header.contains(column)) {
                throw new CommandFailedException(ExitCodes.DATA,
                        "reading %s/index.tsv: there is no column '%s' %s".formatted(folder, column, header));
            }
        }
        for (String line : lines.subList(1, lines.size())) {
            String[] cell = line.split("\t", -1);
            Path decoded = folder.resolve(cell[header.indexOf("decoded")]).normalize();
            if (!decoded.startsWith(folder.normalize())) {
                throw new CommandFailedException(ExitCodes.DATA,
                        "reading %s/index.tsv: [%s] leaves the folder".formatted(folder, decoded));
            }
            entries.put(key(cell[header.indexOf("image")], cell[header.indexOf("codec")],
                    Integer.parseInt(cell[header.indexOf("quality")])),
                    new Entry(Long.parseLong(cell[header.indexOf("bytes")]), decoded));
        }
    }

    /** Whether there is any picture of that codec and quality. */
    boolean has(String codec, int quality) {
        return entries.keySet().stream().anyMatch(key -> key.endsWith("\t" + codec + "\t" + quality));
    }

    /** One picture. */
    Entry get(String image, String codec, int quality) {
        Entry entry = entries.get(key(image, codec, quality));
        if (entry == null) {
            throw new CommandFailedException(ExitCodes.DATA,
                    "looking for '%s' as %s at quality %d: not in %s/index.tsv;"
                            .formatted(image, codec, quality, folder) + " make it with training/precode.py");
        }
        return entry;
    }

    /** What a file takes on the wire: cut and framed as the method {@code image} does (docs/pack.md section 8.2). */
    static long wireBytes(long fileBytes) {
        long fit = SliceLimits.defaults().payloadBytes() - SLICE_BYTES;
        long slices = (fileBytes + fit - 1) / fit;
        return fileBytes + slices * (SLICE_BYTES + FrameHeader.BYTES);
    }

    private static String key(String image, String codec, int quality) {
        return image + "\t" + codec + "\t" + quality;
    }
}
