package dev.tandem.pack;

import dev.tandem.method.tofc.CodecFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads a pack and checks all of it in the order of docs/pack.md section 7. */
final class PackLoader {
    static final String MANIFEST = "pack.json";
    private static final long MAX_MANIFEST = 4 << 20;

    private PackLoader() {
    }

    static Pack load(Path folder) {
        Refusals refusals = new Refusals(folder.toAbsolutePath().normalize());
        byte[] json = manifestBytes(refusals);
        Manifest manifest = ManifestReader.read(refusals, json);
        new ManifestCheck(refusals, manifest).run();
        Map<String, byte[]> kept = new FileCheck(refusals, manifest).run();
        return CodecFiles.read(refusals, manifest, kept, Sha256.of(json));
    }

    private static byte[] manifestBytes(Refusals refusals) {
        Path file = refusals.folder().resolve(MANIFEST);
        try {
            if (!Files.isRegularFile(file)) {
                throw refusals.file("opening", MANIFEST, Files.isDirectory(refusals.folder())
                        ? "no such file"
                        : "no such folder", "a folder with a manifest pack.json",
                        "name the folder of a pack, for example models/smol-vqa");
            }
            if (Files.size(file) > MAX_MANIFEST) {
                throw refusals.file("reading", MANIFEST, Files.size(file) + " bytes", "at most " + MAX_MANIFEST
                        + " bytes", "fetch or export the pack again");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw refusals.file("reading", MANIFEST, e, "a readable file", "check the file's rights and the disk");
        }
    }
}
