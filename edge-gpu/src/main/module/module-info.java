/** The edge daemon. */
module dev.tandem.edge {
    requires ai.djl.tokenizers;
    requires com.fasterxml.jackson.databind;
    requires transitive dev.tandem.api;
    requires transitive dev.tandem.command;
    requires transitive dev.tandem.transport;
    requires transitive info.picocli;
    requires java.management;
    requires jdk.httpserver;
    requires jdk.management;
    requires transitive micrometer.core;
    requires micrometer.registry.prometheus;
    requires org.slf4j;

    exports dev.tandem.edge;
    exports dev.tandem.edge.lmm;
    exports dev.tandem.edge.serve;
    provides dev.tandem.method.HeadKind with dev.tandem.edge.lmm.LanguageKind;
    opens dev.tandem.edge to com.fasterxml.jackson.databind, info.picocli;
}
