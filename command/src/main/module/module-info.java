/** What the command lines share. */
module dev.tandem.command {
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires org.slf4j;
    requires com.fasterxml.jackson.core;
    requires transitive dev.tandem.api;
    requires transitive dev.tandem.transport;
    requires transitive info.picocli;
    requires java.desktop;

    exports dev.tandem.command;
    provides ch.qos.logback.classic.spi.Configurator with dev.tandem.command.log.LogToStandardError;
    opens dev.tandem.command to com.fasterxml.jackson.databind, info.picocli;
}
