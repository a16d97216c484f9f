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

/** {@code tandem cert issue}. */
@Command(name = "issue", mixinStandardHelpOptions = true,
        description = "Issues a certificate of its own for a further device, from the authority that 'cert new' made, so"
                + " that devices need not share one and each can be revoked alone. The edge needs nothing new.")
final class CertIssueCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;
    @Option(names = "--certs", required = true, paramLabel = "DIR",
            description = "Folder that 'cert new' made: ca.pem, ca-key.pem.")
    private Path folder;
    @Option(names = "--device", required = true, paramLabel = "NAME",
            description = "The device's name, by which the edge's log and its revocation know it.")
    private String device;
    @Option(names = "--out", required = true, paramLabel = "DIR",
            description = "Where to: what this device needs, and no more; nothing in it is overwritten.")
    private Path out;

    @Override
    public Integer call() {
        Usage.of("--device " + device, () -> Certificates.issueDevice(folder, device, out));
        spec.commandLine().getOut().println("device " + device + "  --certs " + out
                + "; take it back with 'tandem cert revoke --dir " + folder + " --cert " + out.resolve("device.pem")
                + "'");
        spec.commandLine().getOut().flush();
        return ExitCodes.OK;
    }
}
