package dev.tandem.cli.cert;

import picocli.CommandLine.Command;
import picocli.CommandLine;

/** {@code tandem cert}: certificates for trying things out, taking them back, and what is wrong with given ones. */
@Command(name = "cert", mixinStandardHelpOptions = true,
        description = "Makes development certificates, issues one for a further device, revokes one, or checks some.",
        subcommands = {
                CertNewCommand.class, CertIssueCommand.class, CertCheckCommand.class, CertRevokeCommand.class})
public final class CertCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "new, issue, check or revoke is needed");
    }
}
