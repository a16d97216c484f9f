package dev.tandem.hil.eval.bench;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.command.Usage;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.method.PackMethods;
import dev.tandem.method.tofc.CodecExample;
import dev.tandem.method.tofc.codec.SliceCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem bench codec}: how fast this machine codes and reads pictures. */
@Command(name = "codec", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Codes a picture of the pack's golden vectors and reads it back, with plain Java and with native code; both must"
                + " give the same before any clock runs. Says how many pictures and tokens a second that makes.")
public final class CodecBenchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;
    @Mixin
    private PackOption packOption;
    @Option(names = "--seconds", paramLabel = "S", defaultValue = "1",
            description = "For each number. Default: ${DEFAULT-VALUE}.")
    private double seconds;
    @Option(names = "--json", description = "One JSON object instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Usage.within(spec.commandLine(), "--seconds", seconds, 0.001, 3_600);
        PackMethods methods = PackMethods.of(packOption.open());
        CodecExample example = methods.names().stream().map(name -> CodecExample.of(methods.section(name)))
                .flatMap(Optional::stream).findFirst()
                .orElseThrow(() -> new CommandFailedException(ExitCodes.DATA, "measuring the codec: the pack ["
                        + methods.pack() + "] has no codec, or no golden vector of it"));
        try (SliceCodec plain = SliceCodec.plain(example.model());
                SliceCodec best = new SliceCodec(example.model(), MemoryAccount.process().owner("bench"))) {
            measure(new CodecWork(example, plain),
                    NativeLibrary.get().available() ? new CodecWork(example, best) : null);
        }
        return ExitCodes.OK;
    }

    private void measure(CodecWork reference, CodecWork fast) throws IOException {
        if (fast != null) {
            reference.requireTheSameAs(fast);
        }
        List<SpeedRow> rows = CodecWork.ALL.entrySet().stream()
                .map(work -> SpeedRow.measure(work.getKey().words(), work.getKey().unit(),
                        work.getKey().units(reference), seconds, () -> work.getValue().accept(reference),
                        fast == null ? null : () -> work.getValue().accept(fast)))
                .toList();
        SpeedReport report = SpeedReport.of(reference.toString(), fast == null
                ? "There is no native code to compare with."
                : "Compared before measuring: both gave the same bytes and the same values.", rows);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.json() : report.words());
        out.flush();
    }
}
