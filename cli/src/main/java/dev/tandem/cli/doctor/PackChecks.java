package dev.tandem.cli.doctor;

import dev.tandem.command.PackOption;
import dev.tandem.method.PackHeads;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.FileEntry;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Opens packs, which checks the manifest and that every file is there in its size. */
final class PackChecks {

    private PackChecks() {
    }

    /** The named one, or all of {@code home}'s. */
    static List<Finding> packs(Path named, Path home) throws IOException {
        if (named != null) {
            return List.of(pack(named));
        }
        Path models = home.resolve("models");
        if (!Files.isDirectory(models)) {
            return List.of(Finding.note("packs", "no folder " + models + "; name a pack with --pack"));
        }
        try (Stream<Path> folders = Files.list(models)) {
            List<Finding> found = new java.util.ArrayList<>(
                    folders.filter(folder -> Files.isRegularFile(folder.resolve("pack.json"))).sorted()
                            .map(PackChecks::pack).toList());
            if (!Files.isRegularFile(home.resolve(PackOption.DEFAULT).resolve("pack.json"))) {
                found.add(Finding.note("pack", "the default one is not there [" + home.resolve(PackOption.DEFAULT)
                        + "]; commands need --pack, or make it: training/README.md"));
            }
            return found;
        }
    }

    private static Finding pack(Path folder) {
        String subject = "pack " + folder.getFileName();
        try {
            Pack pack = Pack.open(folder);
            long bytes = pack.manifest().files().values().stream().mapToLong(FileEntry::bytes).sum();
            return Finding.ok(subject,
                    String.format(Locale.ROOT,
                            "%s, %d files, %.1f MB, sizes right; methods %s, heads %s; 'tandem model verify' checks"
                                    + " hashes and replays vectors",
                            pack.manifest().version(),
                            pack.manifest().files().size(), bytes / 1e6, PackMethods.of(pack).names(),
                            PackHeads.of(pack).described()));
        } catch (PackException problem) {
            return Finding.fault(subject, problem.getMessage());
        }
    }
}
