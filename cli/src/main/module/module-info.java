/** The command line of a checkout. */
module dev.tandem.cli {
    requires com.fasterxml.jackson.databind;
    requires transitive dev.tandem.api;
    requires transitive dev.tandem.command;
    requires transitive dev.tandem.device;
    requires transitive dev.tandem.edge;
    requires transitive dev.tandem.hil.eval;
    requires transitive dev.tandem.hil.lab;
    requires transitive dev.tandem.hil.relay;
    requires transitive dev.tandem.hil.report;
    requires transitive dev.tandem.transport;
    requires info.picocli;
    requires jdk.management;

    opens dev.tandem.cli to info.picocli;
    opens dev.tandem.cli.cert to info.picocli;
    opens dev.tandem.cli.doctor to com.fasterxml.jackson.databind, info.picocli;
    opens dev.tandem.cli.model to com.fasterxml.jackson.databind, info.picocli;
    opens dev.tandem.cli.relay to com.fasterxml.jackson.databind, info.picocli;
}
