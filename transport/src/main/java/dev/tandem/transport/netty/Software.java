package dev.tandem.transport.netty;

/** What an end calls itself in HELLO, for the other's log. */
final class Software {
    static final String NAME = name();

    private Software() {
    }

    private static String name() {
        String version = Software.class.getPackage().getImplementationVersion();
        return "tandem/" + (version == null ? "development" : version) + " java/" + Runtime.version().feature();
    }
}
