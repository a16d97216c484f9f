package dev.tandem.cli.doctor;

import dev.tandem.foreign.CapabilityLevel;
import dev.tandem.foreign.NativeLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Our own library: whether it is there, which vector tier its code runs at, and why not at a better one. */
final class NativeChecks {

    private NativeChecks() {
    }

    static List<Finding> library() {
        NativeLibrary library = NativeLibrary.get();
        if (!library.available()) {
            return List.of(Finding.note("native library", "not used, Java's reference code runs instead (same answers,"
                    + " slower): " + String.join("; ", library.reasons())
                    + "; to get it, install cmake and g++ and run './tandem build'"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("native library", library.file().toString()));
        findings.add(tier(library.capability(), library.capabilityWords(), System.getenv("TANDEM_TIER")));
        return findings;
    }

    /**
     * @param words
     *            the library's own, with what it withholds after a semicolon
     * @param asked
     *            TANDEM_TIER, or null
     */
    static Finding tier(CapabilityLevel tier, String words, String asked) {
        String subject = "vector code";
        String name = name(tier);
        if (words.contains("lowered by TANDEM_TIER")) {
            return Finding.note(subject, words + "; unset it to use the best that this machine has");
        }
        if (words.contains(";")) {
            return Finding.note(subject, words + "; a newer kernel or another setting of the virtual machine may");
        }
        if (asked != null && !asked.isEmpty() && !asked.equalsIgnoreCase(name)) {
            return Finding.note(subject, name + "; TANDEM_TIER is [" + asked
                    + "], which this machine does not have or nobody knows, and changes nothing");
        }
        CapabilityLevel better = next(tier);
        return Finding.ok(subject, better == null
                ? name + ", the best there is"
                : name + ", the best of this CPU; the next would be " + name(better) + ", which it lacks");
    }

    /** The tier above, in the same family of processors; for plain code, the first of this one. */
    private static CapabilityLevel next(CapabilityLevel tier) {
        int family = tier != CapabilityLevel.SCALAR
                ? tier.code() / 100
                : switch (System.getProperty("os.arch")) {
                    case "amd64", "x86_64" -> 1;
                    case "aarch64" -> 2;
                    default -> 0;
                };
        for (CapabilityLevel candidate : CapabilityLevel.values()) {
            if (candidate.code() > tier.code() && candidate.code() / 100 == family) {
                return candidate;
            }
        }
        return null;
    }

    private static String name(CapabilityLevel tier) {
        return tier.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
