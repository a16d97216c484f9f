package dev.tandem.cli.cert;

import dev.tandem.command.ExitCodes;
import dev.tandem.transport.tls.Certificates;
import dev.tandem.transport.tls.Credentials;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem cert check}: ends with 1 and the faults when there are any. */
@Command(name = "check", mixinStandardHelpOptions = true,
        description = "Says what is wrong with a certificate, its key and the authority: dates and clock, names, key and its kind, key usage, trust, revocation.")
final class CertCheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;
    @Option(names = "--cert", required = true, paramLabel = "PEM", description = "The certificate.")
    private Path certificate;
    @Option(names = "--key", required = true, paramLabel = "PEM", description = "Its key.")
    private Path key;
    @Option(names = "--trust", required = true, paramLabel = "PEM", description = "Authorities of the other end.")
    private Path trust;
    @Option(names = "--revoked", paramLabel = "CRL", description = "Revocation list of the authorities, PEM or DER.")
    private Path revoked;
    @Option(names = "--host", paramLabel = "NAME",
            description = "Name that an edge's certificate must be valid for. Default: not looked at; which end it is for, it says itself.")
    private String host;

    @Override
    public Integer call() {
        List<String> faults = host == null
                ? Certificates.checkEither(new Credentials(certificate, key, trust, revoked))
                : Certificates.check(new Credentials(certificate, key, trust, revoked), host);
        PrintWriter out = spec.commandLine().getOut();
        faults.forEach(out::println);
        if (faults.isEmpty()) {
            out.println("nothing is wrong with " + certificate);
        }
        out.flush();
        return faults.isEmpty() ? ExitCodes.OK : ExitCodes.NEGATIVE;
    }
}
