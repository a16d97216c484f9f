package dev.tandem.hil.eval.link;

import dev.tandem.command.CommandLines;
import dev.tandem.edge.EdgeCommand;
import java.io.IOException;

/**
 * Main class of an edge that belongs to another process: it stops when its standard input ends, so that it never
 * outlives its parent, however that one dies.
 */
final class EdgeChild {

    private EdgeChild() {
    }

    /** Takes the arguments of {@code tandem edge}. */
    public static void main(String[] arguments) {
        Thread.ofPlatform().daemon().name("tandem-parent-watch").start(EdgeChild::watchParent);
        System.exit(CommandLines.run(() -> CommandLines.of(new EdgeCommand()), arguments));
    }

    private static void watchParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said this way; only the end matters.
            }
        } catch (IOException gone) {
            // As good as the end.
        }
        System.exit(0);
    }
}
