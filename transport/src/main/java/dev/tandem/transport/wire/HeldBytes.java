package dev.tandem.transport.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bytes that were read from a socket and are not decoded. Those that have to wait count for the share of their device
 * meanwhile. Owns its buffers. Loop only.
 */
final class HeldBytes {
    private static final class Held {
        private final ByteBuf bytes;
        /** Null while it does not wait. */
        private ByteShare payer;

        Held(ByteBuf bytes) {
            this.bytes = bytes;
        }

        void goesOn() {
            if (payer != null) {
                payer.give(bytes.readableBytes());
                payer = null;
            }
        }
    }

    private final Deque<Held> held = new ArrayDeque<>();

    void add(ByteBuf bytes) {
        held.add(new Held(bytes));
    }

    /** The oldest that has bytes left; null: there is none. It stays here. */
    ByteBuf next() {
        while (!held.isEmpty()) {
            Held first = held.peek();
            first.goesOn();
            if (first.bytes.isReadable()) {
                return first.bytes;
            }
            held.remove().bytes.release();
        }
        return null;
    }

    /** What is here has to wait. */
    void rest(ByteShare payer) {
        for (Held each : held) {
            if (each.payer == null) {
                each.payer = payer;
                payer.owe(each.bytes.readableBytes());
            }
        }
    }

    /** Nobody wants them any more. */
    void drop() {
        for (Held each; (each = held.poll()) != null; each.bytes.release()) {
            each.goesOn();
        }
    }
}
