package dev.tandem.pack;

import dev.tandem.entropy.CdfTables;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.tofc.codec.CodecModel;
import dev.tandem.method.tofc.codec.OperatingStep;
import dev.tandem.method.tofc.codec.ReferenceHyperSynthesis;
import dev.tandem.method.tofc.codec.SliceCodec;
import java.nio.file.Path;

/**
 * A pack whose every file has been checked: sizes, hashes, shapes, tables (docs/pack.md section 7). Immutable; any
 * thread may use it. Holds no file open and runs nothing.
 */
public final class Pack {
    private final Path folder;
    private final Manifest manifest;
    private final byte[] hash;
    private final byte[] tableHash;
    private final CdfTables tables;
    private final ReferenceHyperSynthesis hyper;

    public Pack(Path folder, Manifest manifest, byte[] hash, byte[] tableHash, CdfTables tables,
            ReferenceHyperSynthesis hyper) {
        this.folder = folder;
        this.manifest = manifest;
        this.hash = hash;
        this.tableHash = tableHash;
        this.tables = tables;
        this.hyper = hyper;
    }

    /**
     * Loads and checks a pack: every file is read and hashed once.
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
        return folder;
    }

    /** SHA-256 of {@code pack.json}, 32 bytes; a copy. */
    public byte[] hash() {
        return hash.clone();
    }

    /** SHA-256 of the tables file followed by the hyper file, 32 bytes; a copy. */
    public byte[] tableHash() {
        return tableHash.clone();
    }

    /** A listed file. */
    public Path file(String path) {
        if (!manifest.files().containsKey(path)) {
            throw new PackException("opening [" + path + "] of the pack in " + folder
                    + ": pack.json does not list it; only listed files have been checked");
        }
        return folder.resolve(path);
    }

    /** Declaration of a graph. */
    public GraphSpec graph(String name) {
        GraphSpec spec = manifest.graphs().get(name);
        if (spec == null) {
            throw new PackException("looking for the graph [" + name + "] of the pack in " + folder + ": it has "
                    + manifest.graphs().keySet() + "; use a pack made for this task");
        }
        return spec;
    }

    /** Where a graph lies. */
    public Path graphFile(String name) {
        return file(graph(name).file());
    }

    /** The operating point of that name: one of the manifest's, or an ad hoc one (docs/pack.md section 4). */
    public OperatingPoint operatingPoint(String name) {
        return manifest.operatingPoints().stream().filter(p -> p.name().equals(name)).findFirst()
                .or(() -> AdHocPoint.parse(name))
                .orElseThrow(() -> new PackException("looking for the operating point [" + name + "] of the pack in "
                        + folder + ": it has " + manifest.operatingPoints().stream().map(OperatingPoint::name).toList()
                        + ", and " + AdHocPoint.FORMS + " always work"));
    }

    /** The point used where nobody names one. */
    public OperatingPoint defaultOperatingPoint() {
        return operatingPoint(manifest.defaultOperatingPoint());
    }

    /** Whether {@link #codecModel} and {@link #sliceCodec} may be called. */
    public boolean hasCodec() {
        return manifest.codec() != null;
    }

    /** Tables, integer network and the steps of every {@code tofc} point. */
    public CodecModel codecModel() {
        if (!hasCodec()) {
            throw new PackException("asking the pack in " + folder
                    + " for its codec: pack.json has no [codec]; use a pack with one, or the methods raw and image");
        }
        return new CodecModel(tables, hyper,
                manifest.operatingPoints().stream().filter(p -> p.method().equals("tofc"))
                        .map(p -> new OperatingStep(p.id(), p.step(), p.scaleShift())).toList());
    }

    /** A codec over {@link #codecModel}; the caller closes it. */
    public SliceCodec sliceCodec() {
        return new SliceCodec(codecModel(), MemoryAccount.process().owner("codec"));
    }

    /** For example {@code smol-vqa 1 (/path)}. */
    @Override
    public String toString() {
        return manifest.name() + " " + manifest.version() + " (" + folder + ")";
    }
}
