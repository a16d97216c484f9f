package dev.tandem.device.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.device.toy.ToyMethod;
import dev.tandem.device.toy.ToyPack;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.GraphFile;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Look;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import dev.tandem.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookerTest {
    private static final RgbImage PICTURE = RgbImage.black(4, 4);
    private static final Task TASK = new Task.Classify(1);
    @TempDir
    private Path dir;

    private static Looker looker(Path pack) {
        return new Looker(PackMethods.of(Pack.open(pack)), "no such engine", EngineSettings.defaults());
    }

    @Test
    void aMethodIsFoundAndLooks() {
        try (Looker looker = looker(ToyPack.write(dir))) {
            var points = looker.methods();
            assertEquals(2, assertInstanceOf(Look.Send.class, looker.look(PICTURE, points.point(1), TASK)).slices()
                    .size());
            assertEquals(ToyMethod.GUESS,
                    assertInstanceOf(Look.Here.class, looker.look(PICTURE, points.point("toy-here"), TASK)).answer());
        }
    }

    @Test
    void onlyWhatAMethodTakesIsHashedAndThatAtItsFirstUse() throws IOException {
        Path pack = ToyPack.write(dir); // lists a file whose hash is wrong, which the toy does not use
        try (Looker looker = looker(pack)) {
            looker.prepare(looker.methods().defaultPoint());
        }
        Files.writeString(pack.resolve("table.txt"), "A table");
        try (Looker looker = looker(pack)) {
            var damaged = assertThrows(PackException.class, () -> looker.prepare(looker.methods().defaultPoint()));
            assertTrue(damaged.getMessage().contains("table.txt"), damaged.getMessage());
        }
    }

    @Test
    void nothingIsOpenedAfterClose() {
        Looker looker = looker(ToyPack.write(dir));
        looker.close();
        looker.close();
        assertThrows(IllegalStateException.class,
                () -> looker.look(PICTURE, looker.methods().defaultPoint(), TASK));
    }

    @Test
    void anEngineIsMadeWhenAGraphIsOpenedAndNotBefore() {
        EngineAtUse engine = new EngineAtUse("no such engine", EngineSettings.defaults());
        var missing = assertThrows(IllegalArgumentException.class,
                () -> engine.open(GraphFile.of(Path.of("graph.onnx"))));
        assertTrue(missing.getMessage().contains("[no such engine]"), missing.getMessage());
        engine.close();
        assertThrows(IllegalStateException.class, engine::name);
    }
}
