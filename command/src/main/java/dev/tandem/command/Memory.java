package dev.tandem.command;

import java.util.Locale;

/** What to do about memory that ran out, by what it was that did. */
final class Memory {
    private Memory() {
    }

    static String words(OutOfMemoryError full) {
        String said = String.valueOf(full.getMessage());
        String kind = said.toLowerCase(Locale.ROOT);
        long mib = Runtime.getRuntime().maxMemory() >> 20;
        if (kind.contains("native thread")) {
            return "out of memory [" + said + "]: the system gives this process no further thread; raise `ulimit -v`,"
                    + " `ulimit -u` or the memory limit that it runs under";
        }
        if (kind.contains("direct") || kind.contains("off-heap")) {
            return "out of memory beside Java's heap [" + said
                    + "]; raise it, for example with TANDEM_JAVA_OPTS=-XX:MaxDirectMemorySize=1g";
        }
        if (kind.contains("metaspace") || kind.contains("class space")) {
            return "out of memory for classes [" + said + "]; raise `ulimit -v`, or what -XX:MaxMetaspaceSize and"
                    + " -XX:CompressedClassSpaceSize allow";
        }
        return "out of memory [" + said + "]: Java's heap may have " + mib + " MiB here; give it more, for example with"
                + " TANDEM_JAVA_OPTS=-Xmx" + more(mib) + "m";
    }

    /** Twice as much, and no less than any command here needs. */
    private static long more(long mib) {
        return Math.max(512, 2 * mib);
    }
}
