package dev.tandem.device.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Look;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.pack.Pack;
import dev.tandem.task.Task;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The tiny pack that ships with the project, looked at by each of its methods, with no edge anywhere. */
class RealPackTest {
    private static final RgbImage PICTURE = RgbImage.black(40, 30);
    private static final Task TASK = new Task.Question("what is it?", 0);
    private final PackMethods methods = PackMethods.of(Pack.open(Path.of("..", "models", "tiny-vqa")));

    @Test
    void everyMethodGivesSlices() {
        try (Looker looker = new Looker(methods, Engines.AUTO, EngineSettings.defaults())) {
            for (String method : methods.names()) {
                Point point = methods.first(method);
                Look.Send send = assertInstanceOf(Look.Send.class, looker.look(PICTURE, point, TASK), method);
                assertTrue(send.bytes() > 0 && !send.stageNanos().isEmpty(), method);
                Look.Send again = assertInstanceOf(Look.Send.class, looker.look(PICTURE, point, TASK), method);
                assertEquals(send.bytes(), again.bytes(), method);
            }
        }
    }

    @Test
    void whatLookingHeldIsGivenBack() {
        MemoryAccount account = MemoryAccount.process().owner("device");
        try (Looker looker = new Looker(methods, Engines.AUTO, EngineSettings.defaults())) {
            looker.look(PICTURE, methods.defaultPoint(), TASK);
            assertTrue(account.reservedBytes() > 0, "nothing was held");
        }
        assertEquals(0, account.reservedBytes());
    }

    @Test
    void aMethodWithoutGraphsNeedsNoEngine() {
        try (Looker looker = new Looker(methods, "no such engine", EngineSettings.defaults())) {
            Look look = looker.look(PICTURE, methods.point("jpeg-q75"), TASK);
            assertTrue(assertInstanceOf(Look.Send.class, look).bytes() > 0);
        }
    }
}
