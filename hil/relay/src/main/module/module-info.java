/** The link emulator; knows nothing of Tandem. */
module dev.tandem.hil.relay {
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires io.netty.buffer;
    requires io.netty.common;
    requires transitive io.netty.transport;
    requires org.slf4j;

    exports dev.tandem.hil.relay;
    opens dev.tandem.hil.relay to com.fasterxml.jackson.databind;
}
