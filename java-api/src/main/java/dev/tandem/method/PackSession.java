package dev.tandem.method;

import dev.tandem.engine.Engine;
import dev.tandem.engine.GraphFile;
import dev.tandem.engine.Session;
import dev.tandem.pack.FileEntry;
import dev.tandem.pack.GraphSpec;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import dev.tandem.pack.Sha256;
import dev.tandem.tensor.TensorInfo;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens graphs of a pack and holds them to what the manifest declares (docs/pack.md section 2). */
public final class PackSession {
    private PackSession() {
    }

    /**
     * Opens the named graph and compares its inputs and outputs with the manifest. The caller closes the session.
     *
     * @throws PackException if they differ; the session is closed then
     */
    public static Session open(Engine engine, Pack pack, String graph) {
        GraphSpec spec = pack.graph(graph);
        Session session = engine.open(
                new GraphFile(graph, pack.graphFile(graph), hash(pack, spec), elsewhere(pack, spec), Map.of()));
        try {
            String where = "opening the graph " + graph + " [" + spec.file() + "] of the pack in " + pack.folder();
            compare(where + ", inputs", spec.inputs(), session.inputs());
            compare(where + ", outputs", spec.outputs(), session.outputs());
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** All of its data where another pack than the graph's has some: an engine looks in one way for all. */
    private static Map<String, Path> elsewhere(Pack pack, GraphSpec spec) {
        Map<String, FileEntry> files = pack.manifest().files();
        String own = files.get(spec.file()).pack();
        return spec.data().stream().allMatch(path -> Objects.equals(files.get(path).pack(), own))
                ? Map.of()
                : spec.data().stream()
                        .collect(Collectors.toMap(path -> path.substring(path.lastIndexOf('/') + 1), pack::file));
    }

    /** The file's, or over its and its data's where it has some. */
    private static String hash(Pack pack, GraphSpec spec) {
        Map<String, FileEntry> files = pack.manifest().files();
        String own = files.get(spec.file()).sha256();
        return spec.data().isEmpty()
                ? own
                : HexFormat.of().formatHex(Sha256.of(Stream.concat(Stream.of(own),
                        spec.data().stream().map(path -> files.get(path).sha256()))
                        .map(hex -> HexFormat.of().parseHex(hex)).toArray(byte[][]::new)));
    }

    private static void compare(String where, List<TensorInfo> declared, List<TensorInfo> found) {
        boolean same = declared.size() == found.size() && declared.stream()
                .allMatch(spec -> found.stream().anyMatch(info -> info.name().equals(spec.name()) && spec.fits(info)));
        if (!same) {
            throw new PackException(where + ": the graph has " + found + "; pack.json declares "
                    + declared
                    + "; export the pack again so that both agree");
        }
    }
}
