package dev.tandem.command;

import picocli.CommandLine.IVersionProvider;

/** The version written into the jar by the build, and the Java that runs it. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[]{"tandem " + tandem(), "Java " + Runtime.version() + " (" + System.getProperty("java.vendor")
                + "), " + System.getProperty("os.name") + " " + System.getProperty("os.arch")};
    }

    /** Tandem's own version, or {@code development} when run from classes rather than from a jar. */
    public static String tandem() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
