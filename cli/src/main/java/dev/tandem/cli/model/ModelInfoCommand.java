package dev.tandem.cli.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.method.PackHeads;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.FileEntry;
import dev.tandem.pack.Manifest;
import dev.tandem.pack.Pack;
import dev.tandem.pack.Preprocessing;
import dev.tandem.pack.Provenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.Locale;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem model info}. */
@Command(name = "info", mixinStandardHelpOptions = true,
        description = "Checks a pack's manifest and the sizes of its files, and shows what is in it. Opens and hashes no file: that is 'model verify'.")
final class ModelInfoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;
    @Mixin
    private PackOption pack;
    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The pack, instead of --pack.")
    private java.nio.file.Path folder;
    @Option(names = "--json", description = "Print pack.json as it is.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Pack opened = folder == null ? pack.open() : Pack.open(folder);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().readTree(Files.readAllBytes(opened.folder().resolve("pack.json")))
                    .toPrettyString());
        } else {
            print(opened, out);
        }
        out.flush();
        return ExitCodes.OK;
    }

    private static void print(Pack pack, PrintWriter out) {
        Manifest manifest = pack.manifest();
        PackMethods methods = PackMethods.of(pack);
        long bytes = manifest.files().values().stream().mapToLong(FileEntry::bytes).sum();
        Preprocessing pictures = manifest.preprocessing();
        out.println(pack);
        out.printf(Locale.ROOT, "licence %s%n", manifest.licence());
        out.printf(Locale.ROOT, "%d files, %.1f MB, sizes right; \"tandem model verify\" checks their hashes%n",
                manifest.files().size(), bytes / 1e6);
        out.println("pack hash " + HexFormat.of().formatHex(pack.hash()));
        out.printf(Locale.ROOT, "pictures %d x %d, %s; graphs %s; %d golden vectors of graphs%n%n", pictures.width(),
                pictures.height(), pictures.fit(), String.join(", ", manifest.graphs().keySet()),
                manifest.golden().size());
        out.println(PackTables.methods(methods));
        out.println(PackTables.points(manifest));
        out.println(PackTables.heads(PackHeads.of(pack), manifest));
        for (Provenance source : manifest.provenance()) {
            out.printf(Locale.ROOT, "from %s: %s (%s)%n", source.what(), source.source(), source.licence());
        }
    }
}
