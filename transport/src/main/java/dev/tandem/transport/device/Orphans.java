package dev.tandem.transport.device;

import dev.tandem.transport.frame.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Questions whose connection was lost before the first word of their answers: asked anew on the next one, if it comes soon enough. Loop
 * only.
 */
final class Orphans {
    /** Those of one connection, and what they end with if none follows it in time. */
    record Batch(List<DeviceExchange> exchanges, ErrorCode code, String reason, Throwable cause) {
        static final Batch NONE = new Batch(List.of(), ErrorCode.PEER_CLOSED, "", null);

        void end() {
            exchanges.forEach(each -> each.end(code, reason, cause));
        }

        /** Those that have ended meanwhile, by their deadline or because nobody wants them any more, are left out. */
        void ask(DeviceConnection connection) {
            exchanges.forEach(connection.exchanges()::adopt);
        }
    }

    private final List<Batch> batches = new ArrayList<>();

    void add(Batch batch) {
        batches.add(batch);
    }

    void ask(DeviceConnection connection) {
        batches.forEach(each -> each.ask(connection));
        batches.clear();
    }

    /** No connection has come in time for these, unless it has. */
    void giveUp(Batch batch) {
        if (batches.removeIf(each -> each == batch)) {
            batch.end();
        }
    }

    void giveUpAll() {
        batches.forEach(Batch::end);
        batches.clear();
    }
}
