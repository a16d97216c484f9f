package dev.tandem.hil.eval.bench;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.method.tofc.codec.CodecModel;
import dev.tandem.method.tofc.codec.SliceCodec;
import dev.tandem.pack.Pack;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem bench codec}: how fast this machine codes and reads pictures. */
@Command(name = "codec", mixinStandardHelpOptions = true, sortOptions = false, description = "Codes a picture of the pack's golden vectors and reads it back, with plain Java and with native code; both must"
        + " give the same before any clock runs. Says how many pictures and tokens a second that makes.")
public final class CodecBenchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;
    @Mixin
    private PackOption packOption;
    @Option(names = "--seconds", paramLabel = "S", defaultValue = "1", description = "For each number. Default: ${DEFAULT-VALUE}.")
    private double seconds;
    @Option(names = "--json", description = "One JSON object instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Pack pack = packOption.open();
        if (!pack.hasCodec()) {
            throw new CommandFailedException(ExitCodes.DATA, "measuring the codec: pack [" + pack + "] has none");
        }
        CodecModel model = pack.codecModel();
        try (SliceCodec plain = SliceCodec.plain(model);
                SliceCodec best = new SliceCodec(model, MemoryAccount.process().owner("bench"))) {
            measure(new CodecWork(pack, plain),
                    NativeLibrary.get().available() ? new CodecWork(pack, best) : null);
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
