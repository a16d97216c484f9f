package dev.tandem.cli.doctor;

import dev.tandem.command.Version;
import dev.tandem.hil.report.Machine;
import java.util.ArrayList;
import java.util.List;

/** Java and the processor. */
final class HostChecks {
    private static final int OLDEST_JAVA = 25;

    private HostChecks() {
    }

    static List<Finding> java() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("tandem", new Version().getVersion()[0]));
        int feature = Runtime.version().feature();
        String home = Runtime.version() + " in " + System.getProperty("java.home");
        findings.add(feature >= OLDEST_JAVA
                ? Finding.ok("Java", home)
                : Finding.fault("Java", home + "; needed: " + OLDEST_JAVA + " or later"));
        return findings;
    }

    static List<Finding> machine() {
        Machine here = Machine.here();
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("CPU", here.cpu() + ", " + here.cores() + " cores, " + here.system()));
        findings.add(Finding.ok("heap", "up to " + heap + " MiB"));
        return findings;
    }
}
