package dev.tandem.transport.session;

/** What an end calls itself in HELLO, for the other's log. */
public final class Software {
    public static final String NAME = name();

    private Software() {
    }

    private static String name() {
        String version = Software.class.getPackage().getImplementationVersion();
        return "tandem/" + (version == null ? "development" : version) + " java/" + Runtime.version().feature();
    }
}
