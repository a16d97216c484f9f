package dev.tandem.cli.doctor;

import dev.tandem.command.Version;
import dev.tandem.foreign.MemoryAccount;
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
        findings.add(memory(MemoryAccount.process()));
        return findings;
    }

    /** What may be held off the heap, and who holds some now. */
    static Finding memory(MemoryAccount account) {
        StringBuilder words = new StringBuilder("up to " + (account.capBytes() >> 20) + " MiB in all, -D"
                + MemoryAccount.CAP_PROPERTY + "=BYTES lowers it");
        account.owners().forEach((owner, usage) -> words.append("; ").append(owner).append(' ')
                .append(usage.bytes() >> 10).append(" KiB, at most ").append(usage.highWater() >> 10)
                .append(" so far"));
        return Finding.ok("off-heap", words.toString());
    }
}
