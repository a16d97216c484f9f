package dev.tandem.cli.cert;

import dev.tandem.command.ExitCodes;
import dev.tandem.command.Usage;
import dev.tandem.transport.tls.Certificates;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem cert revoke}. */
@Command(name = "revoke", mixinStandardHelpOptions = true,
        description = "Adds a certificate to the revocation list beside its authority. Running ends that use the list"
                + " refuse it from their next connection on.")
final class CertRevokeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;
    @Option(names = "--dir", required = true, paramLabel = "DIR",
            description = "Folder that 'cert new' made: ca.pem, ca-key.pem, revoked.pem.")
    private Path folder;
    @Option(names = "--cert", required = true, paramLabel = "PEM", description = "The certificate to take back.")
    private Path certificate;

    @Override
    public Integer call() {
        Path list = Usage.of("--cert " + certificate, () -> Certificates.revoke(folder, certificate));
        spec.commandLine().getOut().println(certificate + " is revoked by " + list
                + "; copy the list to each end that does not share the folder");
        spec.commandLine().getOut().flush();
        return ExitCodes.OK;
    }
}
