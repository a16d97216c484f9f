/** Evaluation, benches, demo. */
module dev.tandem.hil.eval {
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.csv;
    requires transitive dev.tandem.api;
    requires transitive dev.tandem.command;
    requires transitive dev.tandem.device;
    requires transitive dev.tandem.edge;
    requires transitive dev.tandem.hil.relay;
    requires transitive dev.tandem.hil.report;
    requires transitive dev.tandem.transport;
    requires transitive info.picocli;
    requires java.desktop;
    requires java.management;

    exports dev.tandem.hil.eval;
    exports dev.tandem.hil.eval.bench;
    exports dev.tandem.hil.eval.calibrate;
    exports dev.tandem.hil.eval.demo;
    exports dev.tandem.hil.eval.link;
    opens dev.tandem.hil.eval to com.fasterxml.jackson.databind, info.picocli;
    opens dev.tandem.hil.eval.bench to com.fasterxml.jackson.databind, info.picocli;
    opens dev.tandem.hil.eval.calibrate to com.fasterxml.jackson.databind, info.picocli;
    opens dev.tandem.hil.eval.demo to com.fasterxml.jackson.databind, info.picocli;
    opens dev.tandem.hil.eval.link to com.fasterxml.jackson.databind, info.picocli;
}
