package dev.tandem.hil.eval.calibrate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** A copy of a pack with operating points of its own besides those that it had. */
final class CalibratedPack {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_ID = 255;
    private static final String MANIFEST = "pack.json";

    private CalibratedPack() {
    }

    /** Refuses a place where something is already, before hours are spent. */
    static void check(Path folder) throws IOException {
        if (Files.isRegularFile(folder)) {
            throw taken(folder, "a file");
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> there = Files.list(folder)) {
                if (there.findAny().isPresent()) {
                    throw taken(folder, "a folder that is not empty");
                }
            }
        }
    }

    private static CommandFailedException taken(Path folder, String found) {
        return new CommandFailedException(ExitCodes.IO, "writing the calibrated pack to " + folder + ": there is "
                + found + "; needed a place of its own: name another with --out, or remove it");
    }

    /**
     * Writes it and opens it, which checks it whole.
     *
     * @param added knobs by the name of their point
     */
    static Pack write(Pack pack, Path folder, String method, Map<String, ObjectNode> added) throws IOException {
        check(folder);
        ObjectNode manifest = (ObjectNode) JSON.readTree(pack.folder().resolve(MANIFEST).toFile());
        ArrayNode points = (ArrayNode) manifest.get("points");
        added.forEach((name, knobs) -> points.add(point(points, name, method, knobs)));
        try (Stream<Path> files = Files.walk(pack.folder())) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path target = folder.resolve(pack.folder().relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (!target.equals(folder.resolve(MANIFEST))) {
                    Files.copy(file, target);
                }
            }
        }
        JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve(MANIFEST).toFile(), manifest);
        Pack written = Pack.open(folder);
        PackMethods.of(written);
        return written;
    }

    private static ObjectNode point(ArrayNode points, String name, String method, ObjectNode knobs) {
        int id = 1;
        for (var point : points) {
            id = Math.max(id, point.get("id").asInt() + 1);
            if (point.get("name").asText().equals(name)) {
                throw new CommandFailedException(ExitCodes.DATA, "adding the operating point [" + name
                        + "]: the pack has one of that name; calibrate the pack that this one came from");
            }
        }
        if (id > MOST_ID) {
            throw new CommandFailedException(ExitCodes.DATA, "adding the operating point [" + name + "]: ids up to "
                    + MOST_ID + " are taken; needed a free one: remove points from the pack");
        }
        ObjectNode node = JSON.createObjectNode().put("id", id).put("name", name).put("method", method);
        return node.set("knobs", knobs);
    }
}
