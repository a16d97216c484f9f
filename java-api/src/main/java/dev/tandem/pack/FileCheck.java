package dev.tandem.pack;

import dev.tandem.method.tofc.CodecSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every listed file: a plain file of the stated size and hash. Existence and sizes go first, being cheap; hashing runs
 * in parallel. The codec's files are hashed from the bytes that are then parsed.
 */
final class FileCheck {
    private static final String CHECKING = "checking";
    private final Refusals refusals;
    private final Manifest manifest;
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

    FileCheck(Refusals refusals, Manifest manifest) {
        this.refusals = refusals;
        this.manifest = manifest;
    }

    /** Contents of the tables and the hyper file, by path; throws the first refusal in the manifest's order. */
    Map<String, byte[]> run() {
        List<Map.Entry<String, FileEntry>> files = List.copyOf(manifest.files().entrySet());
        files.forEach(e -> checkSize(e.getKey(), e.getValue()));
        List<PackException> refused = files.parallelStream().map(e -> checkHash(e.getKey(), e.getValue()))
                .filter(Objects::nonNull).toList();
        if (!refused.isEmpty()) {
            PackException first = refused.get(0);
            refused.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
        return kept;
    }

    private void checkSize(String path, FileEntry entry) {
        Path file = PackPath.resolve(refusals, path);
        try {
            if (Files.size(file) != entry.bytes()) {
                throw refusals.file(CHECKING, path, Files.size(file) + " bytes", entry.bytes() + " bytes",
                        "the file was cut or replaced: fetch or export the pack again");
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private PackException checkHash(String path, FileEntry entry) {
        try {
            String found = isCodecFile(path) ? keep(path) : Sha256.ofFile(refusals.folder().resolve(path));
            return found.equals(entry.sha256())
                    ? null
                    : refusals.file(CHECKING, path, "SHA-256 " + found, "SHA-256 " + entry.sha256(),
                            "the file was damaged or changed: fetch or export the pack again");
        } catch (IOException e) {
            return unreadable(path, e);
        }
    }

    private boolean isCodecFile(String path) {
        CodecSpec codec = manifest.codec();
        return codec != null && (path.equals(codec.tables()) || path.equals(codec.hyper()));
    }

    private String keep(String path) throws IOException {
        byte[] bytes = Files.readAllBytes(refusals.folder().resolve(path));
        kept.put(path, bytes);
        return Sha256.hex(Sha256.of(bytes));
    }

    private PackException unreadable(String path, IOException e) {
        return refusals.file("reading", path, e, "a readable file", "check the file's rights and the disk");
    }
}
