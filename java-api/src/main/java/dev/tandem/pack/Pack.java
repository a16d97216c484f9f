package dev.tandem.pack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A pack whose manifest has been checked, and whose files are checked before their first use (docs/pack.md section 7).
 * Immutable; any thread may use it. Holds no file open and runs nothing; what a method's section or a head's settings
 * mean is the method's and the head's to know.
 */
public final class Pack {
    private final Manifest manifest;
    private final byte[] hash;
    private final Checks checks;
    private final PackFiles files;

    Pack(Manifest manifest, byte[] hash, Checks checks, PackFiles files) {
        this.manifest = manifest;
        this.hash = hash;
        this.checks = checks;
        this.files = files;
    }

    /**
     * Reads and checks the manifest, and that every listed file of its own is there in its size.
     *
     * @throws PackException for the first thing found wrong
     */
    public static Pack open(Path folder) {
        return PackLoader.load(folder);
    }

    /** The checked manifest. */
    public Manifest manifest() {
        return manifest;
    }

    /** The pack's folder, absolute. */
    public Path folder() {
        return checks.folder();
    }

    /** SHA-256 of {@code pack.json}, 32 bytes; a copy. */
    public byte[] hash() {
        return hash.clone();
    }

    /** Checks and refusals, for who reads a section. */
    public Checks checks() {
        return checks;
    }

    /** A listed file, hashed at its first use. */
    public Path file(String path) {
        return files.verified(path);
    }

    /** The bytes of a listed file of at most 256 MiB, hashed. */
    public byte[] bytes(String path) {
        return files.bytes(path);
    }

    /**
     * Hashes every listed file, and looks that no graph takes weights from another one.
     *
     * @param done hears the path of each file; any thread
     * @throws PackException for the first that is not what the manifest says; the others are suppressed in it
     */
    public void verify(Consumer<String> done) {
        files.verifyAll(done);
        manifest.graphs().forEach(files::references);
    }

    /** Declaration of a graph. */
    public GraphSpec graph(String name) {
        GraphSpec spec = manifest.graphs().get(name);
        if (spec == null) {
            throw new PackException("looking for the graph [" + name + "] of the pack in " + folder() + ": it has "
                    + manifest.graphs().keySet() + "; use a pack made for this task");
        }
        return spec;
    }

    /** Where a graph lies, it and its external data hashed; PackException for one that takes other files too. */
    public Path graphFile(String name) {
        GraphSpec spec = graph(name);
        spec.data().forEach(this::file);
        Path file = file(spec.file());
        files.references(name, spec);
        return file;
    }

    /** Section of a method, which the pack must have. */
    public ObjectNode section(String method) {
        Map<String, ObjectNode> methods = manifest.methods();
        ObjectNode section = methods.get(method);
        if (section == null) {
            throw new PackException("looking for the method [" + method + "] in the pack in " + folder()
                    + ": it serves " + methods.keySet() + "; use one of these, or a pack made for it");
        }
        return section;
    }

    /** For example {@code smol-vqa 1 (/path)}. */
    @Override
    public String toString() {
        return manifest.name() + " " + manifest.version() + " (" + folder() + ")";
    }
}
