package dev.tandem.hil.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import dev.tandem.task.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both halves and the heads of the random pack, in this process. */
class PackBackendTest {
    private static final Task QUESTION = new Task.Question("Which colour?", 3);

    @TempDir
    private Path folder;
    private PackMethods methods;
    private Engine engine;
    private PackBackend backend;
    private byte[] picture;

    @BeforeEach
    void open() throws IOException {
        methods = PackMethods.of(Pack.open(TinyPack.folder()));
        engine = Engines.select(Engines.AUTO).create(EngineSettings.defaults().withThreads(1));
        backend = new PackBackend(methods, engine, new HeadLimits(512, 4), null, "", LostSlices.NONE);
        picture = Files.readAllBytes(TinyData.write(folder, 1).resolve("test/p0.png"));
    }

    @AfterEach
    void close() {
        backend.close();
        engine.close();
    }

    private EvalPoint point(String name) {
        return EvalPoint.of(methods.point(name));
    }

    @Test
    void everyWayArrivesAndIsCharged() {
        Backend.Seen seen = backend.look("p0.png", picture);
        long before = Long.MAX_VALUE;
        for (String name : new String[]{"raw", "raw-c16", "c8"}) {
            try (Backend.Shown shown = seen.show(point(name), QUESTION)) {
                assertTrue(shown.sent().wire().pictureBytes() < before, name + " costs less than the one before");
                before = shown.sent().wire().pictureBytes();
                assertTrue(shown.sent().deviceNanos().containsKey("encoder"), name);
                assertTrue(shown.sent().edgeNanos() > 0, name);
                Backend.Reply reply = shown.ask(QUESTION);
                assertEquals(reply.answer().text(), shown.ask(QUESTION).answer().text(), "greedy words do not change");
            }
        }
        try (Backend.Shown shown = seen.show(point("jpeg-q10-c16"), QUESTION)) {
            assertEquals(16, shown.sent().units());
        }
    }

    @Test
    void whatAnotherPointHasRunAlreadyCountsAsIfRunHere() {
        try (PackBackend slow = new PackBackend(methods, new SlowEngine(engine), new HeadLimits(512, 4), null, "",
                LostSlices.NONE)) {
            Backend.Seen seen = slow.look("p0.png", picture);
            for (String name : new String[]{"c8", "c16"}) {
                try (Backend.Shown shown = seen.show(point(name), QUESTION)) {
                    assertTrue(shown.sent().deviceNanos().get("encoder") >= SlowEngine.MILLIS * 1_000_000,
                            name + ": " + shown.sent());
                }
            }
        }
    }

    @Test
    void whatCannotBeServedIsRefusedBeforeItIsTried() {
        backend.check(point("c16"), QUESTION);
        CommandFailedException tokens = assertThrows(CommandFailedException.class,
                () -> backend.check(point("raw-c999"), QUESTION));
        assertEquals(ExitCodes.USAGE, tokens.exitCode());
        assertTrue(tokens.getMessage().startsWith("--points raw-c999: "), tokens.getMessage());
        CommandFailedException head = assertThrows(CommandFailedException.class,
                () -> backend.check(point("c16"), new Task.Preview(100)));
        assertEquals(ExitCodes.DATA, head.exitCode());
        assertTrue(head.getMessage().contains("[preview]"), head.getMessage());
    }

    @Test
    void aFileThatIsNoPictureIsBadData() {
        assertEquals(ExitCodes.DATA, assertThrows(CommandFailedException.class,
                () -> backend.look("words.png", "no picture".getBytes(StandardCharsets.UTF_8))).exitCode());
    }
}
