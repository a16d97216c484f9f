package dev.tandem.command;

import dev.tandem.method.PackMethods;
import dev.tandem.transport.frame.PackIdentity;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What an end says of its pack in the handshake: the one place that knows both packs and frames. */
public final class Identities {
    private Identities() {
    }

    /** With every method of the pack. */
    public static PackIdentity of(PackMethods methods) {
        return of(methods, method -> true);
    }

    /** With the methods that this end may use. */
    public static PackIdentity of(PackMethods methods, Predicate<String> used) {
        Map<String, byte[]> sections = new TreeMap<>(methods.hashes());
        sections.keySet().removeIf(used.negate());
        return new PackIdentity(methods.pack().manifest().name(), methods.pack().hash(), sections);
    }
}
