package dev.tandem.cli.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem doctor}: everything that could keep Tandem from working here, each in a line. */
@Command(name = "doctor", mixinStandardHelpOptions = true,
        description = "Looks at Java, the CPU, folders, locale, memory and clock, our library, engines, CUDA and TensorRT, packs, certificates and ports, and"
                + " says of each how it is. Ends with 1 when something will not work.")
public final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;
    @Option(names = "--pack", paramLabel = "DIR", description = "Look at this pack. Default: all in models/.")
    private Path pack;
    @Option(names = "--certs", paramLabel = "DIR", description = "Look at the certificates that 'cert new' made there.")
    private Path certificates;
    @Option(names = "--host", paramLabel = "NAME", defaultValue = "localhost",
            description = "Name that the edge's certificate must have. Default: ${DEFAULT-VALUE}.")
    private String host;
    @Option(names = "--port", paramLabel = "PORT", defaultValue = "7443",
            description = "Port that an edge would listen on. Default: ${DEFAULT-VALUE}.")
    private int port;
    @Option(names = "--json", description = "One JSON array instead of lines.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(HostChecks.java());
        findings.addAll(HostChecks.machine());
        findings.addAll(SystemChecks.all());
        findings.addAll(NativeChecks.library());
        findings.addAll(EngineChecks.engines());
        findings.addAll(PackChecks.packs(pack, PackOption.home()));
        findings.addAll(LinkChecks.certificates(certificates, host));
        findings.add(LinkChecks.port(port));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(findings));
        } else {
            findings.forEach(finding -> out.printf(Locale.ROOT, "%-6s %-22s %s%n",
                    finding.state() == Finding.State.OK ? "ok" : finding.state().name().toLowerCase(Locale.ROOT),
                    finding.subject(), finding.words()));
        }
        out.flush();
        return findings.stream().anyMatch(finding -> finding.state() == Finding.State.FAULT)
                ? ExitCodes.NEGATIVE
                : ExitCodes.OK;
    }
}
