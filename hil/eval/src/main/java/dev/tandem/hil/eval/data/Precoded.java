package dev.tandem.hil.eval.data;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.method.PlainSlice;
import dev.tandem.method.SliceLimits;
import dev.tandem.transport.frame.FrameHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pictures that were encoded ahead of time, by a codec for which Java has no library: a folder with {@code index.tsv},
 * columns {@code image}, {@code codec}, {@code quality}, {@code bytes} (of the encoded file) and {@code decoded} (path
 * of the picture that comes out of it, a PNG). {@code training/precode.py} makes one.
 */
public final class Precoded {
    /** Kind and check of a slice that holds a part of a file. */
    private static final int SLICE_BYTES = 1 + PlainSlice.CRC_BYTES;

    private final Path folder;
    private final Map<String, Entry> entries = new HashMap<>();

    /** One encoded picture: its size, and what it looks like after decoding. */
    public record Entry(long bytes, Path decoded) {}

    /** Reads the index. */
    public Precoded(Path folder) throws IOException {
        this.folder = folder;
        List<String> lines = Files.readAllLines(folder.resolve("index.tsv"));
        List<String> header = Arrays.asList(lines.getFirst().split("\t"));
        for (String column : List.of("image", "codec", "quality", "bytes", "decoded")) {
            if (!header.contains(column)) {
                throw new CommandFailedException(ExitCodes.DATA,
                        String.format(Locale.ROOT, "reading %s/index.tsv: there is no column '%s' %s", folder, column,
                                header));
            }
        }
        for (String line : lines.subList(1, lines.size())) {
            add(line.split("\t", -1), header);
        }
    }

    private void add(String[] cells, List<String> header) {
        Path decoded = folder.resolve(cells[header.indexOf("decoded")]).normalize();
        if (!decoded.startsWith(folder.normalize())) {
            throw new CommandFailedException(ExitCodes.DATA,
                    String.format(Locale.ROOT, "reading %s/index.tsv: [%s] leaves the folder", folder, decoded));
        }
        try {
            int quality = Integer.parseInt(cells[header.indexOf("quality")]);
            entries.put(key(cells[header.indexOf("image")], cells[header.indexOf("codec")], quality),
                    new Entry(Long.parseLong(cells[header.indexOf("bytes")]), decoded));
        } catch (NumberFormatException e) {
            throw new CommandFailedException(ExitCodes.DATA, String.format(Locale.ROOT,
                    "reading %s/index.tsv: quality and bytes are numbers [%s]", folder, String.join(" ", cells)), e);
        }
    }

    /** Whether there is any picture of that codec and quality. */
    public boolean has(String codec, int quality) {
        return entries.keySet().stream().anyMatch(key -> key.endsWith("\t" + codec + "\t" + quality));
    }

    /** What there is, as points are named: {@code avif-q30}. */
    public Set<String> forms() {
        Set<String> forms = new TreeSet<>();
        entries.keySet().forEach(key -> forms.add(key.substring(key.indexOf('\t') + 1).replace("\t", "-q")));
        return forms;
    }

    /** One picture. */
    public Entry get(String image, String codec, int quality) {
        Entry entry = entries.get(key(image, codec, quality));
        if (entry == null) {
            throw new CommandFailedException(ExitCodes.DATA,
                    String.format(Locale.ROOT, "looking for '%s' as %s at quality %d: not in %s/index.tsv;", image,
                            codec, quality, folder) + " make it with training/precode.py");
        }
        return entry;
    }

    /** What a file takes on the wire: cut and framed as picture files are (docs/bitstream.md section 11). */
    public static long wireBytes(long fileBytes) {
        long fit = SliceLimits.defaults().payloadBytes() - SLICE_BYTES;
        long slices = (fileBytes + fit - 1) / fit;
        return fileBytes + slices * (SLICE_BYTES + FrameHeader.BYTES);
    }

    private static String key(String image, String codec, int quality) {
        return image + "\t" + codec + "\t" + quality;
    }
}
