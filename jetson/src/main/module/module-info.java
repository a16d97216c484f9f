/** The device agent. */
module dev.tandem.device {
    requires com.fasterxml.jackson.databind;
    requires transitive dev.tandem.api;
    requires transitive dev.tandem.command;
    requires transitive dev.tandem.transport;
    requires transitive info.picocli;
    requires transitive micrometer.core;

    exports dev.tandem.device;
    opens dev.tandem.device to com.fasterxml.jackson.databind, info.picocli;
}
