package dev.tandem.pack;

import dev.tandem.method.tofc.CodecSpec;
import java.util.regex.Pattern;

/** Every value and reference of a manifest that can be judged without opening another file (docs/pack.md). */
final class ManifestCheck {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final long MAX_FILE_BYTES = 1L << 40;
    private static final long MAX_CODEC_BYTES = 1L << 28;
    private final Refusals refusals;
    private final Manifest manifest;

    ManifestCheck(Refusals refusals, Manifest manifest) {
        this.refusals = refusals;
        this.manifest = manifest;
    }

    void run() {
        name(refusals, "name", manifest.name());
        refusals.text("version", manifest.version(), 1, 4000);
        refusals.text("task", manifest.task(), 1, 4000);
        refusals.text("licence", manifest.licence(), 1, 4000);
        provenance();
        preprocessing();
        files();
        if (manifest.codec() != null) {
            codec();
        }
        new GraphCheck(refusals, manifest).run();
        new PointCheck(refusals, manifest).run();
        new GoldenCheck(refusals, manifest).run();
    }

    static void name(Refusals refusals, String field, String found) {
        if (found == null || !NAME.matcher(found).matches()) {
            throw refusals.field(field, found, "a name of 1 to 64 characters a-z 0-9 . _ -");
        }
    }

    /** Refuses a path of the wrong form, or one that {@code files} does not list. */
    static void listed(Refusals refusals, Manifest manifest, String field, String path) {
        PackPath.check(refusals, field, path);
        if (!manifest.files().containsKey(path)) {
            throw refusals.field(field, path, "a file that [files] lists with its size and hash");
        }
    }

    private void provenance() {
        refusals.count("provenance entries", manifest.provenance().size(), 0, 256);
        for (Provenance entry : manifest.provenance()) {
            refusals.text("what of a provenance entry", entry.what(), 1, 4000);
            refusals.text("source of the provenance of " + entry.what(), entry.source(), 1, 4000);
            refusals.text("licence of the provenance of " + entry.what(), entry.licence(), 1, 4000);
            if (entry.sha256() != null && !entry.sha256().isEmpty()) {
                hash("sha256 of the provenance of " + entry.what(), entry.sha256());
            }
        }
    }

    private void preprocessing() {
        Preprocessing pre = manifest.preprocessing();
        refusals.present("preprocessing", pre);
        refusals.range("preprocessing.width", pre.width(), 1, 4096);
        refusals.range("preprocessing.height", pre.height(), 1, 4096);
        refusals.count("preprocessing.mean values", pre.mean().size(), 3, 3);
        refusals.count("preprocessing.deviation values", pre.deviation().size(), 3, 3);
        for (int c = 0; c < 3; c++) {
            if (!Float.isFinite(pre.mean().get(c))) {
                throw refusals.field("preprocessing.mean", pre.mean(), "three finite numbers");
            }
            if (!Float.isFinite(pre.deviation().get(c)) || !(pre.deviation().get(c) > 0)) {
                throw refusals.field("preprocessing.deviation", pre.deviation(), "three finite numbers above 0");
            }
        }
    }

    private void files() {
        refusals.count("files", manifest.files().size(), 1, 4096);
        manifest.files().forEach((path, entry) -> {
            PackPath.check(refusals, "a path in files", path);
            refusals.present("files." + path, entry);
            refusals.range("bytes of files." + path, entry.bytes(), 0, MAX_FILE_BYTES);
            hash("sha256 of files." + path, entry.sha256());
        });
    }

    private void codec() {
        CodecSpec codec = manifest.codec();
        refusals.range("codec.experts", codec.experts(), 1, 256);
        refusals.range("codec.tokenWidth", codec.tokenWidth(), 1, 65536);
        refusals.range("codec.hyperWidth", codec.hyperWidth(), 1, 4096);
        codecFile("codec.tables", codec.tables());
        codecFile("codec.hyper", codec.hyper());
    }

    private void codecFile(String field, String path) {
        listed(refusals, manifest, field, path);
        refusals.range("bytes of " + field, manifest.files().get(path).bytes(), 1, MAX_CODEC_BYTES);
    }

    private void hash(String field, String found) {
        if (found == null || !HASH.matcher(found).matches()) {
            throw refusals.field(field, found, "64 lower-case hex digits");
        }
    }
}
