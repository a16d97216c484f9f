package dev.tandem.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a manifest and checks all of it that can be judged without a method, in the order of docs/pack.md section 7.
 */
final class PackLoader {
    static final String MANIFEST = "pack.json";
    private static final long MAX_MANIFEST = 4 << 20;

    private PackLoader() {
    }

    static Pack load(Path asked) {
        Path folder = asked.toAbsolutePath().normalize();
        Checks opening = new Checks(folder, null);
        byte[] json = manifestBytes(opening);
        Manifest manifest = ManifestReader.read(opening, json);
        Checks checks = new Checks(folder, manifest);
        new ManifestCheck(checks, manifest).run();
        PackFiles files = new PackFiles(checks, manifest);
        files.sizes();
        return new Pack(manifest, Sha256.of(json), checks, files);
    }

    private static byte[] manifestBytes(Checks checks) {
        Path file = checks.folder().resolve(MANIFEST);
        try {
            if (Files.isSymbolicLink(file)) {
                throw checks.file("opening", MANIFEST, "a symbolic link",
                        "a plain file, since a link may lead anywhere",
                        "put a copy in its place");
            }
            if (!Files.isRegularFile(file)) {
                throw checks.file("opening", MANIFEST, Files.isDirectory(checks.folder())
                        ? "no such file"
                        : "no such folder", "a folder with a manifest pack.json",
                        "name the folder of a pack, for example models/smol-vqa");
            }
            if (Files.size(file) > MAX_MANIFEST) {
                throw checks.file("reading", MANIFEST, Files.size(file) + " bytes", "at most " + MAX_MANIFEST
                        + " bytes", "fetch or export the pack again");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw checks.file("reading", MANIFEST, e, "a readable file", "check the file's rights and the disk");
        }
    }
}
