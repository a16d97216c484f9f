package dev.tandem.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The files of a pack. Sizes are compared when the pack is opened, being cheap; a file is hashed before its first use
 * and not again, so that an end pays only for what it opens. Any thread.
 */
final class PackFiles {
    private static final String CHECKING = "checking";
    private static final long MAX_IN_MEMORY = 1L << 28;
    private final Checks checks;
    private final Manifest manifest;
    private final Set<String> verified = ConcurrentHashMap.newKeySet();
    private final Set<String> judged = ConcurrentHashMap.newKeySet();

    PackFiles(Checks checks, Manifest manifest) {
        this.checks = checks;
        this.manifest = manifest;
    }

    /**
     * Every file of the pack's own is a plain file of the stated size. One that lies in a pack beside is looked at when
     * it is used: a device never needs the weights that an edge shares between packs.
     */
    void sizes() {
        manifest.files().forEach((path, entry) -> {
            if (entry.pack() == null) {
                checkSize(path, entry);
            }
        });
    }

    /** A listed file whose hash has been checked. */
    Path verified(String path) {
        FileEntry entry = entry(path);
        Path file = PackPath.resolve(checks, path, entry);
        if (!verified.contains(path)) {
            PackException refusal = checkHash(path, entry, file);
            if (refusal != null) {
                throw refusal;
            }
            verified.add(path);
        }
        return file;
    }

    /** The bytes of a listed file, hashed as they were read, so that what is parsed is what was checked. */
    byte[] bytes(String path) {
        FileEntry entry = entry(path);
        checks.range("bytes of " + path, entry.bytes(), 0, MAX_IN_MEMORY);
        try {
            byte[] bytes = Files.readAllBytes(PackPath.resolve(checks, path, entry));
            requireHash(path, entry, Sha256.hex(Sha256.of(bytes)));
            return bytes;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Hashes every file, in parallel; throws the first refusal in the manifest's order, the others with it. */
    void verifyAll(Consumer<String> done) {
        List<PackException> refused = List.copyOf(manifest.files().entrySet()).parallelStream().map(file -> {
            PackException refusal = checkHash(file.getKey(), file.getValue(),
                    PackPath.resolve(checks, file.getKey(), file.getValue()));
            done.accept(file.getKey());
            return refusal;
        }).filter(Objects::nonNull).toList();
        if (!refused.isEmpty()) {
            PackException first = refused.get(0);
            refused.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    /** Every file that a graph takes weights from is one that its declaration lists, and so one that is hashed. */
    void references(String name, GraphSpec graph) {
        if (judged.contains(name)) {
            return;
        }
        Path file = PackPath.resolve(checks, graph.file(), entry(graph.file()));
        String folder = graph.file().substring(0, graph.file().lastIndexOf('/') + 1);
        try {
            for (String location : ExternalData.of(file)) {
                if (!graph.data().contains(folder + location)) {
                    throw checks.file("opening the graph", graph.file(), "weights in the file " + location,
                            "weights of its own, or in the files that graphs." + name + ".data lists: " + graph.data(),
                            "nobody has checked that file: export the pack again");
                }
            }
            judged.add(name);
        } catch (IOException e) {
            throw checks.file("reading the graph", graph.file(), e, "an ONNX graph", "export the pack again");
        }
    }

    private FileEntry entry(String path) {
        FileEntry entry = manifest.files().get(path);
        if (entry == null) {
            throw new PackException("opening [" + path + "] of the pack in " + checks.folder()
                    + ": pack.json does not list it; only listed files have been checked");
        }
        return entry;
    }

    private void checkSize(String path, FileEntry entry) {
        Path file = PackPath.resolve(checks, path, entry);
        try {
            if (Files.size(file) != entry.bytes()) {
                throw checks.file(CHECKING, path, Files.size(file) + " bytes", entry.bytes() + " bytes",
                        "the file was cut or replaced: fetch or export the pack again");
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private PackException checkHash(String path, FileEntry entry, Path file) {
        try {
            requireHash(path, entry, Sha256.ofFile(file));
            return null;
        } catch (PackException e) {
            return e;
        } catch (IOException e) {
            return unreadable(path, e);
        }
    }

    private void requireHash(String path, FileEntry entry, String found) {
        if (!found.equals(entry.sha256())) {
            throw checks.file(CHECKING, path, "SHA-256 " + found, "SHA-256 " + entry.sha256(),
                    "the file was damaged or changed: fetch or export the pack again");
        }
    }

    private PackException unreadable(String path, IOException e) {
        return checks.file("reading", path, e, "a readable file", "check the file's rights and the disk");
    }
}
