package dev.tandem.cli.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.EngineOptions;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.engine.Engine;
import dev.tandem.method.GoldenReplay;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.Host;
import dev.tandem.method.PackHeads;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem model verify}: ends with 1 when a vector is off. */
@Command(name = "verify", mixinStandardHelpOptions = true,
        description = "Checks the hash of every file of a pack, replays its golden vectors on an engine of this machine, and says how far off each is.")
final class ModelVerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;
    @Mixin
    private PackOption pack;
    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The pack, instead of --pack.")
    private java.nio.file.Path folder;
    @Mixin
    private EngineOptions engines;
    @Option(names = "--json", description = "One JSON array instead of lines.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Pack opened = folder == null ? pack.open() : Pack.open(folder);
        opened.verify(path -> {
        });
        PackMethods methods = PackMethods.of(opened);
        List<GoldenResult> results = new ArrayList<>();
        try (Engine engine = engines.create()) {
            Host host = Host.of(engine);
            results.addAll(GoldenReplay.run(methods, host));
            results.addAll(GoldenReplay.run(PackHeads.of(opened), host));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(results));
        } else {
            out.println(opened.manifest().files().size() + " files, all hashes right");
            results.forEach(result -> out.printf(Locale.ROOT, "%-4s %-6s %-32s %s%n", result.passed() ? "ok" : "OFF",
                    result.kind(),
                    result.subject(), result.remark()));
            long off = results.stream().filter(result -> !result.passed()).count();
            out.printf(Locale.ROOT, "%d golden vectors, %s%n", results.size(),
                    off == 0 ? "all within tolerance" : off + " OFF");
        }
        out.flush();
        return results.stream().allMatch(GoldenResult::passed) ? ExitCodes.OK : ExitCodes.NEGATIVE;
    }
}
