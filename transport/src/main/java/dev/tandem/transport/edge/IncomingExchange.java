package dev.tandem.transport.edge;

import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Need;

/**
 * One task on the edge. Thread safe. After the first of done, fail, cancel, deadline or loss of the connection, parts
 * and ends are ignored: the device already has its reason.
 */
public interface IncomingExchange {
    /** Name of the device, from its certificate (subject common name): for people, several devices may share it. */
    String device();

    /**
     * Which device asks: SHA-256 of its certificate in hex, the same on all connections of one device and on no other's.
     * In a laboratory without TLS its address with the port, so each connection counts as a device.
     */
    String fingerprint();

    /** Exchange id, unique in its connection. */
    long id();

    /** What is asked for; the link does not know what it means. */
    int task();

    /** Body of the task; leave it alone. */
    byte[] body();

    /** Which head shall answer; empty: whichever can. */
    String head();

    /** Operating point id of the pack; 0 when the device named it, or when there is none. */
    int pointId();

    /** Operating point name; empty when the device sent the id, or when there is none. */
    String pointName();

    /** Slices that the device announced; 0 for a task without a picture. */
    int slicesAnnounced();

    /** Crops that the slices belong to; 0 without slices. */
    int tiles();

    /** What must be here before the answer can begin. */
    Need need();

    /** Header and payload bytes of this exchange's frames so far. */
    long bytesReceived();

    /** {@link System#nanoTime()} when the ASK frame arrived. */
    long arrivedNanos();

    /**
     * Hands over a part of the answer, in the order of the calls; never blocks. Parts that the device has not taken
     * wait in a buffer of 1 MiB; beyond that, or after 5 s in which it took none, the exchange ends with OVERLOADED.
     * The array is not copied.
     *
     * @param kind 0 to 255
     * @param bytes 1 to {@link dev.tandem.transport.frame.Part#MAX_BYTES} of them; IllegalArgumentException otherwise
     */
    void part(int kind, byte[] bytes);

    /** Ends the exchange with its summary, behind all parts. What arrived is filled in by the transport. */
    void done(AnswerSummary summary);

    /** Ends the exchange with a reason in words, code ANSWER_FAILED. */
    default void fail(String reason) {
        fail(ErrorCode.ANSWER_FAILED, reason);
    }

    /** Ends the exchange with a code that may travel and a reason in words; parts that still wait are dropped. */
    void fail(ErrorCode code, String reason);

    /**
     * Ends the whole connection with a reason in words, and every exchange of it: for a device that does not listen to
     * reasons. Never blocks. Without a connection, ends this exchange.
     */
    default void disconnect(ErrorCode code, String reason) {
        fail(code, reason);
    }

    /** Whether nobody waits for parts or an end any more: look often, stop early. */
    boolean cancelled();

    /**
     * Runs a task once, on the event loop, when the exchange has ended for whatever reason; at once when it has ended
     * already.
     */
    void onEnd(Runnable task);
}
