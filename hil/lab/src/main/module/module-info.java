/** Attacks and trials. */
module dev.tandem.hil.lab {
    requires com.fasterxml.jackson.databind;
    requires transitive dev.tandem.api;
    requires transitive dev.tandem.command;
    requires transitive dev.tandem.hil.relay;
    requires transitive dev.tandem.hil.report;
    requires transitive dev.tandem.transport;
    requires transitive info.picocli;
    requires io.netty.buffer;
    requires io.netty.codec.classes.quic;
    requires io.netty.common;
    requires io.netty.handler;
    requires transitive io.netty.transport;
    requires java.management;
    requires jdk.management;

    exports dev.tandem.hil.lab.trial;
    opens dev.tandem.hil.lab.trial to com.fasterxml.jackson.databind, info.picocli;
}
