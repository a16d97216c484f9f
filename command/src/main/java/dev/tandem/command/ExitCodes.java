package dev.tandem.command;

/** What the process ends with: 0, 1 and 2 as everywhere, from 64 up as in {@code sysexits.h}. */
public final class ExitCodes {
    /** Done. */
    public static final int OK = 0;
    /** It ran, and the answer is no: a check found something wrong. */
    public static final int NEGATIVE = 1;
    /** The command line could not be understood (picocli's own code). */
    public static final int USAGE = 2;
    /** A pack, a picture, a table or a stream is not what it should be. */
    public static final int DATA = 65;
    /** A file that was named does not exist or cannot be read. */
    public static final int NO_INPUT = 66;
    /** A library, an engine or a server that is needed is not there. */
    public static final int UNAVAILABLE = 69;
    /** A mistake in Tandem itself. */
    public static final int SOFTWARE = 70;
    /** Reading or writing failed. */
    public static final int IO = 74;
    /** The other end broke the protocol or refused. */
    public static final int PROTOCOL = 76;

    private ExitCodes() {
    }
}
