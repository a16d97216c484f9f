package dev.tandem.method;

import dev.tandem.engine.Engine;
import dev.tandem.engine.Session;
import dev.tandem.pack.Pack;

/** Opens graphs of a pack and holds them to what the manifest declares. */
public final class PackSession {
    private PackSession() {
    }

    /**
     * Opens the named graph and compares its inputs and outputs with the manifest. The caller closes the session.
     *
     * @throws dev.tandem.pack.PackException if they differ; the session is closed then
     */
    public static Session open(Engine engine, Pack pack, String graph) {
        throw new UnsupportedOperationException("not yet");
    }
}
