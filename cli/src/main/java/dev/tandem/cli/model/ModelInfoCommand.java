package dev.tandem.cli.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.hil.report.MarkdownTable;
import dev.tandem.pack.FileEntry;
import dev.tandem.pack.Manifest;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
import dev.tandem.pack.Provenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem model info}. */
@Command(name = "info", mixinStandardHelpOptions = true, description = "Checks a pack (every file's hash) and shows what is in it.")
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
        long bytes = manifest.files().values().stream().mapToLong(FileEntry::bytes).sum();
        out.println(pack);
        out.printf("task %s, licence %s%n", manifest.task(), manifest.licence());
        out.printf("%d files, %.1f MB, all hashes right%n", manifest.files().size(), bytes / 1e6);
        out.println("pack hash  " + HexFormat.of().formatHex(pack.hash()));
        out.println("table hash " + HexFormat.of().formatHex(pack.tableHash()));
        out.printf("pictures %d x %d; graphs %s; %d golden vectors%n%n", manifest.preprocessing().width(),
                manifest.preprocessing().height(), String.join(", ", manifest.graphs().keySet()),
                manifest.golden().size());
        MarkdownTable points = new MarkdownTable(List.of("operating point", "id", "method", "clusters", "step"));
        for (OperatingPoint point : manifest.operatingPoints()) {
            boolean standard = point.name().equals(manifest.defaultOperatingPoint());
            points.row(List.of(point.name() + (standard ? " (default)" : ""), "" + point.id(), point.method(),
                    point.clusters() == 0 ? "all" : "" + point.clusters(), point.step() == 0 ? "" : "" + point.step()));
        }
        out.println(points);
        for (Provenance source : manifest.provenance()) {
            out.printf("from %s: %s (%s)%n", source.what(), source.source(), source.licence());
        }
    }
}
