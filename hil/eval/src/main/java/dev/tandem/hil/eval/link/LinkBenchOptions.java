package dev.tandem.hil.eval.link;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.tandem.command.ProgressLine;
import dev.tandem.hil.eval.data.DataSet;
import dev.tandem.pack.Pack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What the benches of a link with a model behind it share: which questions, how, and where the results go. */
final class LinkBenchOptions {
    @Option(names = "--data", required = true, paramLabel = "ZIP|DIR", description = "As for eval.")
    private Path data;
    @Option(names = "--tsv", paramLabel = "NAME", description = "As for eval.")
    private String tsv;
    @Option(names = "--seed", paramLabel = "S", defaultValue = "1",
            description = "Which questions, and a link's luck: ${DEFAULT-VALUE}.")
    private long seed;
    @Option(names = "--threads", paramLabel = "N", defaultValue = "0",
            description = "Of each end. Default: one a core.")
    private int threads;
    @Option(names = "--out", paramLabel = "DIR", defaultValue = ".", description = "Where results go. Default: here.")
    private Path out;
    @Option(names = "--json", description = "Print JSON instead of the table.")
    private boolean json;
    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    DataSet open() throws IOException {
        return DataSet.open(data, tsv);
    }

    /** Its pictures, whatever is said of them. */
    DataSet pictures() throws IOException {
        return DataSet.unlabelled(data, tsv);
    }

    /** File name of the data. */
    String name() {
        return String.valueOf(data.getFileName());
    }

    /** Name and version of the pack. */
    static String words(Pack pack) {
        return pack.manifest().name() + " " + pack.manifest().version();
    }

    long seed() {
        return seed;
    }

    int threads() {
        return threads;
    }

    ProgressLine progress() {
        return ProgressLine.onStandardError(quiet);
    }

    /** Writes {@code name.json}, {@code name.md} and {@code name.svg}, and prints one of the first two. */
    void write(String name, Object report, String markdown, String svg, PrintWriter screen) throws IOException {
        ObjectWriter writer = new ObjectMapper().writerWithDefaultPrettyPrinter();
        Files.createDirectories(out);
        Files.writeString(out.resolve(name + ".json"), writer.writeValueAsString(report) + "\n");
        Files.writeString(out.resolve(name + ".md"), markdown);
        Files.writeString(out.resolve(name + ".svg"), svg);
        screen.println(json ? writer.writeValueAsString(report) : markdown);
        screen.flush();
    }
}
