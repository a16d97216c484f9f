package dev.tandem.hil.eval.data;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.method.PlainSlice;
import dev.tandem.method.SliceLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * of the picture that comes out of it as the encoder shall see it, a PNG), and if wanted {@code side} (pixels to which
 * it was shrunk before coding, 0 for none) and {@code file} (path of the encoded file). {@code training/precode.py}
 * makes one.
 */
public final class Precoded {
    /** Kind and check of a slice that holds a part of a file. */
    private static final int SLICE_BYTES = 1 + PlainSlice.CRC_BYTES;

    private final Path folder;
    private final Map<String, Entry> entries = new HashMap<>();

    /** One encoded picture: its size, what it looks like after decoding, and the file, or null if it was not kept. */
    public record Entry(long bytes, Path decoded, Path file) {}

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
        if (cells.length < header.size()) {
            throw new CommandFailedException(ExitCodes.DATA, String.format(Locale.ROOT,
                    "reading %s/index.tsv: a line of [%d] columns, needed %s", folder, cells.length, header));
        }
        Path decoded = inside(cells[header.indexOf("decoded")]);
        Path file = header.contains("file") ? inside(cells[header.indexOf("file")]) : null;
        try {
            int quality = Integer.parseInt(cells[header.indexOf("quality")]);
            int side = header.contains("side") ? Integer.parseInt(cells[header.indexOf("side")]) : 0;
            entries.put(key(cells[header.indexOf("image")], cells[header.indexOf("codec")], quality, side),
                    new Entry(Long.parseLong(cells[header.indexOf("bytes")]), decoded, file));
        } catch (NumberFormatException e) {
            throw new CommandFailedException(ExitCodes.DATA,
                    String.format(Locale.ROOT, "reading %s/index.tsv: quality, side and bytes are numbers [%s]", folder,
                            String.join(" ", cells)),
                    e);
        }
    }

    private Path inside(String path) {
        Path resolved = folder.resolve(path).normalize();
        if (!resolved.startsWith(folder.normalize())) {
            throw new CommandFailedException(ExitCodes.DATA,
                    String.format(Locale.ROOT, "reading %s/index.tsv: [%s] leaves the folder", folder, resolved));
        }
        return resolved;
    }

    /** Whether there is any picture of that codec, quality and side. */
    public boolean has(String codec, int quality, int side) {
        return forms().contains(form(codec, quality, side));
    }

    /** What there is, as points are named: {@code avif-q30}, {@code avif-q30-112}. */
    public Set<String> forms() {
        Set<String> forms = new TreeSet<>();
        entries.keySet().forEach(key -> forms.add(key.substring(key.indexOf('\t') + 1)));
        return forms;
    }

    /** One picture. */
    public Entry get(String image, String codec, int quality, int side) {
        Entry entry = entries.get(key(image, codec, quality, side));
        if (entry == null) {
            throw new CommandFailedException(ExitCodes.DATA,
                    String.format(Locale.ROOT,
                            "looking for '%s' as %s: not in %s/index.tsv; make it with training/precode.py", image,
                            form(codec, quality, side), folder));
        }
        return entry;
    }

    /** The slices that a file would be cut into (docs/bitstream.md section 11): bytes of each. */
    public static List<Integer> sliceBytes(long fileBytes) {
        int fit = SliceLimits.defaults().payloadBytes() - SLICE_BYTES;
        List<Integer> slices = new ArrayList<>();
        for (long left = fileBytes; left > 0; left -= fit) {
            slices.add((int) Math.min(fit, left) + SLICE_BYTES);
        }
        return slices;
    }

    private static String key(String image, String codec, int quality, int side) {
        return image + "\t" + form(codec, quality, side);
    }

    private static String form(String codec, int quality, int side) {
        return codec + "-q" + quality + (side == 0 ? "" : "-" + side);
    }
}
