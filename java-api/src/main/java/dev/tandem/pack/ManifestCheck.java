package dev.tandem.pack;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Every value and reference of a manifest that can be judged without opening another file (docs/pack.md). */
final class ManifestCheck {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final long MAX_FILE_BYTES = 1L << 40;
    private final Checks checks;
    private final Manifest manifest;

    ManifestCheck(Checks checks, Manifest manifest) {
        this.checks = checks;
        this.manifest = manifest;
    }

    void run() {
        checks.name("name", manifest.name());
        checks.text("version", manifest.version(), 1, 4000);
        checks.text("licence", manifest.licence(), 1, 4000);
        provenance();
        preprocessing();
        files();
        new GraphChecks(checks, manifest).run();
        methods();
        points();
        heads();
        new GoldenCheck(checks, manifest).run();
    }

    private void provenance() {
        checks.count("provenance entries", manifest.provenance().size(), 0, 256);
        for (Provenance entry : manifest.provenance()) {
            checks.text("what of a provenance entry", entry.what(), 1, 4000);
            checks.text("source of the provenance of " + entry.what(), entry.source(), 1, 4000);
            checks.text("licence of the provenance of " + entry.what(), entry.licence(), 1, 4000);
            if (entry.sha256() != null && !entry.sha256().isEmpty()) {
                hash("sha256 of the provenance of " + entry.what(), entry.sha256());
            }
        }
    }

    private void preprocessing() {
        Preprocessing pre = manifest.preprocessing();
        checks.present("preprocessing", pre);
        checks.range("preprocessing.width", pre.width(), 1, 4096);
        checks.range("preprocessing.height", pre.height(), 1, 4096);
        boolean crop = Preprocessing.CROP.equals(pre.fit());
        if (!crop && !Preprocessing.SQUASH.equals(pre.fit())) {
            throw checks.field("preprocessing.fit", pre.fit(), "squash or crop");
        }
        checks.range("preprocessing.resize", pre.resize(), crop ? Math.max(pre.width(), pre.height()) : 0,
                crop ? 8192 : 0);
        checks.count("preprocessing.mean values", pre.mean().size(), 3, 3);
        checks.count("preprocessing.deviation values", pre.deviation().size(), 3, 3);
        for (int c = 0; c < 3; c++) {
            if (!Float.isFinite(pre.mean().get(c))) {
                throw checks.field("preprocessing.mean", pre.mean(), "three finite numbers");
            }
            if (!Float.isFinite(pre.deviation().get(c)) || !(pre.deviation().get(c) > 0)) {
                throw checks.field("preprocessing.deviation", pre.deviation(), "three finite numbers above 0");
            }
        }
    }

    private void files() {
        checks.count("files", manifest.files().size(), 1, 4096);
        manifest.files().forEach((path, entry) -> {
            PackPath.check(checks, "a path in files", path);
            checks.present("files." + path, entry);
            checks.range("bytes of files." + path, entry.bytes(), 0, MAX_FILE_BYTES);
            hash("sha256 of files." + path, entry.sha256());
            if (entry.pack() != null) {
                checks.name("the pack of files." + path, entry.pack());
            }
        });
    }

    private void methods() {
        checks.count("methods", manifest.methods().size(), 1, 32);
        manifest.methods().keySet().forEach(name -> checks.name("the name of a method", name));
    }

    private void points() {
        checks.count("points", manifest.points().size(), 1, 256);
        Set<Integer> ids = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (PointSpec point : manifest.points()) {
            checks.name("the name of an operating point", point.name());
            String where = "points." + point.name();
            unique(names, "the name of an operating point", point.name());
            checks.range(where + ".id", point.id(), 1, 255);
            unique(ids, where + ".id", point.id());
            if (!manifest.methods().containsKey(String.valueOf(point.method()))) {
                throw checks.field(where + ".method", point.method(),
                        "one of the methods that the manifest has a section of: " + manifest.methods().keySet());
            }
            checks.present(where + ".knobs", point.knobs());
        }
        if (!names.contains(manifest.defaultPoint())) {
            throw checks.field("defaultPoint", manifest.defaultPoint(), "one of " + names);
        }
    }

    private void heads() {
        checks.count("heads", manifest.heads().size(), 0, 64);
        Set<String> names = new HashSet<>();
        for (HeadSpec head : manifest.heads()) {
            checks.name("the name of a head", head.name());
            unique(names, "the name of a head", head.name());
            checks.name("heads." + head.name() + ".kind", head.kind());
            checks.present("heads." + head.name() + ".settings", head.settings());
        }
    }

    private <T> void unique(Set<T> seen, String field, T found) {
        if (!seen.add(found)) {
            throw checks.field(field, found, "each once");
        }
    }

    private void hash(String field, String found) {
        if (found == null || !HASH.matcher(found).matches()) {
            throw checks.field(field, found, "64 lower-case hex digits");
        }
    }
}
