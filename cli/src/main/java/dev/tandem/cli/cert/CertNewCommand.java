package dev.tandem.cli.cert;

import dev.tandem.command.ExitCodes;
import dev.tandem.command.Usage;
import dev.tandem.transport.tls.Certificates;
import dev.tandem.transport.tls.Credentials;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem cert new}. */
@Command(name = "new", mixinStandardHelpOptions = true,
        description = "Makes a development authority, its empty revocation list, a certificate for the edge and one for a device. Not for production:"
                + " the authority's key lies beside them.")
final class CertNewCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "DIR", description = "Where to; nothing in it is overwritten.")
    private Path folder;
    @Option(names = "--host", split = ",", paramLabel = "NAME", defaultValue = "localhost,127.0.0.1",
            description = "Names and addresses by which devices reach the edge. Default: ${DEFAULT-VALUE}.")
    private List<String> hosts;

    @Override
    public Integer call() {
        Certificates.Development made = Usage.of(String.valueOf(folder),
                () -> Certificates.createDevelopment(folder, hosts));
        PrintWriter out = spec.commandLine().getOut();
        show(out, "edge", made.edge());
        show(out, "device", made.device());
        out.println("The edge answers to " + String.join(", ", hosts) + ".");
        out.flush();
        return ExitCodes.OK;
    }

    private static void show(PrintWriter out, String end, Credentials credentials) {
        out.printf(Locale.ROOT, "%-6s  --cert %s --key %s --trust %s --revoked %s%n", end, credentials.certificate(),
                credentials.key(),
                credentials.trust(), credentials.revoked());
    }
}
