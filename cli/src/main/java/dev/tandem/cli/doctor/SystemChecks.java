package dev.tandem.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is around Java: folders to unpack libraries to, the charset of names, memory that is allowed, the clock. */
final class SystemChecks {
    private static final String ELSEWHERE = "; name a folder where programs may run:"
            + " TANDEM_JAVA_OPTS=\"-Djava.io.tmpdir=DIR -Duser.home=DIR\"";
    private static final Pattern ADDRESS_SPACE = Pattern.compile("(?m)^Max address space +(\\d+) ");
    private static final long MIB = 1L << 20;
    /** No released version is older: a clock that says so is wrong even where files have lost their dates. */
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SLACK = Duration.ofDays(1);
    private static final Duration LONG_AFTER = Duration.ofDays(20 * 365);

    private SystemChecks() {
    }

    static List<Finding> all() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return List.of(folder("temporary folder", Path.of(System.getProperty("java.io.tmpdir"))),
                folder("home", Path.of(System.getProperty("user.home"))),
                locale(System.getProperty("sun.jnu.encoding")),
                memory(installed(read("/proc/meminfo")), system.getTotalMemorySize(), read("/proc/self/limits")),
                clock(Instant.now(), built()));
    }

    /** Libraries that come in jars are unpacked to the one or the other, and loaded from there. */
    static Finding folder(String subject, Path folder) {
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            return Finding.note(subject, folder + " cannot be written: libraries cannot be unpacked there" + ELSEWHERE);
        }
        Path script = null;
        try {
            script = Files.createTempFile(folder, "tandem-doctor", ".sh",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(script, "#!/bin/sh\nexit 0\n");
            return runs(script)
                    ? Finding.ok(subject, folder + ", writable, programs run there")
                    : Finding.note(subject,
                            folder + " allows no programs (mounted noexec?): libraries that are unpacked"
                                    + " there do not load, QUIC's among them" + ELSEWHERE);
        } catch (IOException e) {
            return Finding.note(subject, folder + " cannot be written [" + e.getMessage()
                    + "]: libraries cannot be unpacked there" + ELSEWHERE);
        } finally {
            if (script != null) {
                script.toFile().delete();
            }
        }
    }

    private static boolean runs(Path script) {
        try {
            Process process = new ProcessBuilder(script.toString()).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException refused) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Java takes arguments and file names in this charset, whatever else is set. */
    static Finding locale(String charset) {
        return "UTF-8".equalsIgnoreCase(charset)
                ? Finding.ok("locale", "arguments and file names are UTF-8")
                : Finding.note("locale", "arguments and file names are " + charset + ": others than plain letters are"
                        + " lost; set LC_ALL=C.UTF-8, or a locale of yours that is installed and UTF-8");
    }

    /**
     * @param installed bytes that the machine has; 0: not known
     * @param allowed bytes that this process may use, a cgroup's limit counted
     * @param limits as in /proc/self/limits
     */
    static Finding memory(long installed, long allowed, String limits) {
        Matcher space = ADDRESS_SPACE.matcher(limits);
        if (space.find()) {
            return Finding.note("memory", "the address space is limited to " + Long.parseLong(space.group(1)) / MIB
                    + " MiB (ulimit -v), and Java reserves more than it uses: `ulimit -v unlimited`, or a cgroup's limit"
                    + " instead");
        }
        boolean limited = allowed < installed;
        String words = allowed / MIB + " MiB" + (limited
                ? " of " + installed / MIB + ", limited (a container, or a cgroup); Java's heap takes a quarter of it"
                        + " unless -Xmx says otherwise"
                : "");
        return limited ? Finding.note("memory", words) : Finding.ok("memory", words);
    }

    private static long installed(String meminfo) {
        Matcher total = Pattern.compile("MemTotal: +(\\d+) kB").matcher(meminfo);
        return total.find() ? Long.parseLong(total.group(1)) << 10 : 0;
    }

    /** Certificates are judged by the clock: one that is far off refuses everybody. */
    static Finding clock(Instant now, Instant built) {
        Instant earliest = built.isAfter(FIRST) ? built : FIRST;
        if (now.isBefore(earliest.minus(SLACK))) {
            return Finding.fault("clock", "it says " + now + ", before this program was built (" + earliest
                    + "): certificates will not be valid yet; set it, or let it be set (timedatectl set-ntp true)");
        }
        if (now.isAfter(earliest.plus(LONG_AFTER))) {
            return Finding.fault("clock", "it says " + now + ", long after this program was built (" + earliest
                    + "): certificates will have expired; set it, or let it be set (timedatectl set-ntp true)");
        }
        return Finding.ok("clock", now.toString());
    }

    private static Instant built() {
        try {
            Path jar = Path.of(SystemChecks.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return Files.getLastModifiedTime(jar).toInstant();
        } catch (IOException | URISyntaxException unknown) {
            return FIRST;
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException notLinux) {
            return "";
        }
    }
}
