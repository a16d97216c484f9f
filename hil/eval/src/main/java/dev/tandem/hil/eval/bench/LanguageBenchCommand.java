package dev.tandem.hil.eval.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.CommandFailedException;
import dev.tandem.command.EngineOptions;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.command.Usage;
import dev.tandem.edge.lmm.DecoderSpeed;
import dev.tandem.edge.lmm.GoldenAnswer;
import dev.tandem.edge.lmm.LanguageModel;
import dev.tandem.edge.lmm.LanguageSection;
import dev.tandem.edge.lmm.LanguageSettings;
import dev.tandem.edge.lmm.Prefix;
import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineProvider;
import dev.tandem.hil.report.Quantiles;
import dev.tandem.method.Host;
import dev.tandem.method.PackHeads;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem bench lm}: prefill and decode speed of a pack's language model at batch 1. */
@Command(name = "lm", mixinStandardHelpOptions = true, sortOptions = false, description = "Measures how many tokens "
        + "a second the pack's language model reads and writes at batch 1, after it has answered its golden questions.")
public final class LanguageBenchCommand implements Callable<Integer> {
    private static final int LEAST_CONTEXT = 512;

    @Mixin
    private PackOption packOption;

    @Option(names = "--prompt", paramLabel = "N", defaultValue = "128", description = "Tokens read at once (default: "
            + "${DEFAULT-VALUE}).")
    private int prompt;

    @Option(names = "--tokens", paramLabel = "N", defaultValue = "128", description = "Tokens written (default: "
            + "${DEFAULT-VALUE}).")
    private int tokens;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Rounds after one to warm up; the "
            + "median counts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private EngineOptions engines;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Pack pack = packOption.open();
        LanguageSection section = section(pack);
        EngineProvider provider = engines.provider();
        List<DecoderSpeed> speeds = new ArrayList<>();
        try (Engine engine = engines.create();
                LanguageModel model = LanguageModel.open(section, Host.of(engine),
                        Math.max(LEAST_CONTEXT, prompt + tokens))) {
            replay(section, model);
            for (int round = 0; round <= rounds; round++) {
                speeds.add(Usage.of("--prompt " + prompt + " --tokens " + tokens, () -> model.measure(prompt, tokens)));
            }
        }
        report(pack, provider, speeds.subList(1, speeds.size()));
        return ExitCodes.OK;
    }

    private static LanguageSection section(Pack pack) {
        PackHeads heads = PackHeads.of(pack);
        return heads.all().stream().filter(LanguageSection.class::isInstance).map(LanguageSection.class::cast)
                .findFirst()
                .orElseThrow(
                        () -> new CommandFailedException(ExitCodes.DATA, "measuring the language model of the pack ["
                                + pack + "]: its heads are " + heads.described() + ", none of them a language model"));
    }

    /** A fast wrong answer is worth nothing: the golden questions come before the clock. */
    private static void replay(LanguageSection section, LanguageModel model) {
        try (Prefix prefix = model.prefill(null)) {
            for (LanguageSettings.Golden vector : section.settings().golden()) {
                GoldenAnswer found = GoldenAnswer.ask(model, prefix, vector, section.settings().stopTokens());
                if (found.wrong() > 0) {
                    throw new PackException("replaying the golden question [" + vector.prompt() + "]: token ids "
                            + found.ids() + ", pack.json has " + vector.ids()
                            + "; the engine computes differently here, or the pack was changed: run tandem model verify");
                }
            }
        }
    }

    private void report(Pack opened, EngineProvider provider, List<DecoderSpeed> speeds) {
        double prefill = Quantiles.of(speeds.stream().mapToDouble(DecoderSpeed::prefillPerSecond)).median();
        double decode = Quantiles.of(speeds.stream().mapToDouble(DecoderSpeed::decodePerSecond)).median();
        PrintWriter out = spec.commandLine().getOut();
        String path = provider.name() + " " + provider.availability().reasons();
        if (json) {
            out.println(new ObjectMapper().createObjectNode().put("pack", opened.manifest().name()).put("engine", path)
                    .put("threads", engines.asked()).put("cores", Runtime.getRuntime().availableProcessors())
                    .put("promptTokens", prompt).put("newTokens", tokens).put("rounds", rounds)
                    .put("prefillTokensPerSecond", prefill).put("decodeTokensPerSecond", decode));
        } else {
            out.println(String.format(Locale.ROOT,
                    "%s on %s, %d cores, threads %s: prefill %.0f tokens/s (%d at once), decode %.1f tokens/s (%d, one by "
                            + "one); medians of %d rounds",
                    opened.manifest().name(), path, Runtime.getRuntime().availableProcessors(),
                    engines.asked() == 0 ? "auto" : Integer.toString(engines.asked()), prefill, prompt, decode, tokens, rounds));
        }
        out.flush();
    }
}
