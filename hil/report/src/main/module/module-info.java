/** Tables and plots of measurements. */
module dev.tandem.hil.report {
    requires com.fasterxml.jackson.annotation;

    exports dev.tandem.hil.report;
    opens dev.tandem.hil.report to com.fasterxml.jackson.databind;
}
