package dev.tandem.transport.tls;

import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;

/** Why handshakes were refused here, by engine, until it is asked for or the engine is gone. Thread safe. */
final class Refusals {
    private final Map<SSLEngine, Exception> byEngine = new WeakHashMap<>();

    synchronized void add(SSLEngine engine, Exception why) {
        byEngine.put(engine, why);
    }

    /** Hands a refusal over, once; null when this end did not refuse. */
    synchronized Exception take(SSLEngine engine) {
        return engine == null ? null : byEngine.remove(engine);
    }
}
