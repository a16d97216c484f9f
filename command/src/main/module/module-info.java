/** What the command lines share. */
module dev.tandem.command {
    requires com.fasterxml.jackson.core;
    requires transitive dev.tandem.api;
    requires transitive dev.tandem.transport;
    requires transitive info.picocli;
    requires java.desktop;

    exports dev.tandem.command;
    opens dev.tandem.command to com.fasterxml.jackson.databind, info.picocli;
}
