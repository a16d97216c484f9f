package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.method.Host;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Halves are opened once, where they can be. */
class HalvesTest {
    @TempDir
    private Path dir;

    @Test
    void aHalfThatCannotBeOpenedIsTriedAgain() throws Exception {
        Path pack = EdgeRig.pack(dir.resolve("pack"), EdgeRig::onlyCounts);
        PackMethods methods = PackMethods.of(Pack.open(pack));
        Point point = methods.point("jpeg-q30-c16");
        Path weights = pack.resolve("encoder.bin");
        byte[] good = Files.readAllBytes(weights);
        byte[] bad = good.clone();
        bad[100] ^= 1;
        Files.write(weights, bad);
        try (Admission admission = new Admission(1)) {
            Engine engine = admission.call(
                    () -> Engines.select(Engines.AUTO).create(EngineSettings.defaults().withThreads(1)));
            Halves halves = new Halves(methods, Host.of(engine), admission);
            ExecutionException failed = assertThrows(ExecutionException.class,
                    () -> halves.begin(point, 1, 1).get(Patience.SECONDS, TimeUnit.SECONDS));
            assertInstanceOf(PackException.class, failed.getCause());
            Files.write(weights, good);
            assertNotNull(halves.begin(point, 1, 1).get(Patience.SECONDS, TimeUnit.SECONDS));
            admission.call(() -> {
                halves.open("raw");
                return null;
            });
            Files.delete(weights);
            assertNotNull(halves.begin(point, 1, 1).get(Patience.SECONDS, TimeUnit.SECONDS), "it is open");
            assertNotNull(halves.begin(methods.point("raw-c16"), 1, 1).get(0, TimeUnit.SECONDS), "it is open");
            admission.call(() -> {
                halves.close();
                return null;
            });
            assertThrows(ExecutionException.class,
                    () -> halves.begin(point, 1, 1).get(Patience.SECONDS, TimeUnit.SECONDS),
                    "none is kept, and this one cannot be opened any more");
            admission.call(() -> {
                engine.close();
                return null;
            });
        }
    }
}
