package dev.tandem.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.device.toy.ToyMethod;
import dev.tandem.device.toy.ToyPack;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Look;
import dev.tandem.pack.PackException;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.tls.Certificates;
import dev.tandem.transport.tls.CredentialsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent while no edge is in reach, and when one comes or goes. */
class NoEdgeTest {
    private static final RgbImage PICTURE = RgbImage.black(40, 30);
    private static final Task TASK = new Task.Classify(3);
    private static final Duration SOON = Duration.ofMillis(600);
    private static final Consumer<Part> NOBODY = part -> {
    };
    @TempDir
    private static Path dir;
    private static EchoEdge edge;
    private static DeviceSettings nowhere;

    @BeforeAll
    static void open() {
        edge = new EchoEdge(dir);
        nowhere = edge.settings();
        edge.stop();
    }

    @AfterAll
    static void close() {
        edge.close();
    }

    private static DeviceRequest at(DeviceAgent agent, String point) {
        return DeviceRequest.about(PICTURE, TASK).withPoint(agent.methods().point(point)).withDeadline(SOON);
    }

    @Test
    void theDeviceStartsEncodesAndAnswersWhatItIsSureOf() throws InterruptedException {
        try (DeviceAgent agent = DeviceAgent.open(nowhere)) {
            assertFalse(agent.connected());
            agent.prepare(agent.methods().defaultPoint());
            Look look = agent.look(PICTURE, agent.methods().point("send"), TASK);
            assertEquals(2, assertInstanceOf(Look.Send.class, look).slices().size());
            DeviceAnswer answer = agent.ask(at(agent, "here"), NOBODY);
            assertEquals(ToyMethod.GUESS, answer.parts());
            assertInstanceOf(MadeBy.Device.class, answer.madeBy());
            assertEquals(0, agent.link().rttNanos());
        }
    }

    @Test
    void aGuessAnswersWhenTheDeadlineIsOverAndSaysWhy() throws InterruptedException {
        try (DeviceAgent agent = DeviceAgent.open(nowhere)) {
            List<Part> parts = new ArrayList<>();
            DeviceAnswer answer = agent.ask(at(agent, "guess"), parts::add);
            assertEquals(ToyMethod.GUESS, parts);
            assertEquals(ToyMethod.GUESS, answer.parts());
            String why = assertInstanceOf(MadeBy.Device.class, answer.madeBy()).why();
            assertTrue(why.startsWith("no edge in reach") && why.contains("127.0.0.1"), why);
            assertTrue(answer.totalNanos() >= SOON.toNanos(), answer.totalNanos() + " ns");
            assertTrue(answer.firstPartNanos() >= SOON.toNanos());
        }
    }

    @Test
    void withoutAGuessTheWordsSayWhatWasAttempted() {
        try (DeviceAgent agent = DeviceAgent.open(nowhere)) {
            PeerException missing = assertThrows(PeerException.class, () -> agent.ask(at(agent, "send"), NOBODY));
            assertTrue(
                    missing.getMessage().contains("asking the edge (classify, 2 slices of 8 bytes at the point send)"),
                    missing.getMessage());
            assertTrue(missing.getMessage().contains("127.0.0.1"), missing.getMessage());
        }
    }

    @Test
    void aQuestionWaitsForALinkThatComesLater() throws Exception {
        try (EchoEdge later = new EchoEdge(dir)) {
            DeviceSettings settings = later.settings();
            later.stop();
            try (DeviceAgent agent = DeviceAgent.open(settings)) {
                var started = CompletableFuture.runAsync(() -> later.start(settings.port()),
                        CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS));
                DeviceAnswer answer = agent.ask(at(agent, "guess").withDeadline(Duration.ofSeconds(30)), NOBODY);
                started.get(10, TimeUnit.SECONDS);
                assertEquals(new MadeBy.Edge("labels"), answer.madeBy());
                assertTrue(answer.totalNanos() >= TimeUnit.MILLISECONDS.toNanos(500), answer.totalNanos() + " ns");
            }
        }
    }

    @Test
    void anEdgeThatFallsSilentIsOutOfReachToo() throws Exception {
        try (EchoEdge silent = new EchoEdge(dir);
                DeviceAgent agent = DeviceAgent.open(silent.settings())) {
            assertEquals("here", agent.ask(DeviceRequest.of(new Task.Question("here", 0)), NOBODY).text());
            DeviceAnswer answer = agent.ask(DeviceRequest.about(PICTURE, new Task.Question("silence", 0))
                    .withPoint(agent.methods().point("guess")).withDeadline(SOON), NOBODY);
            assertInstanceOf(MadeBy.Device.class, answer.madeBy());
        }
    }

    @Test
    void whatTheEdgeCouldNotAnswerIsGuessedAndTheEdgesWordsAreKept() throws Exception {
        try (EchoEdge failing = new EchoEdge(dir);
                DeviceAgent agent = DeviceAgent.open(failing.settings())) {
            DeviceRequest request = DeviceRequest.about(PICTURE, new Task.Question("fail, no patch arrived", 0));
            DeviceAnswer answer = agent.ask(request.withPoint(agent.methods().point("guess")), NOBODY);
            assertEquals(ToyMethod.GUESS, answer.parts());
            String why = assertInstanceOf(MadeBy.Device.class, answer.madeBy()).why();
            assertTrue(why.startsWith("the edge could not answer, ") && why.contains("told to fail, no patch"), why);
            assertThrows(PeerException.class, () -> agent.ask(
                    request.withPoint(agent.methods().point("send")), NOBODY));
        }
    }

    @Test
    void anEdgeWithAnotherTableIsRefusedAndNotGuessedAround() throws Exception {
        try (EchoEdge other = new EchoEdge(dir)) {
            DeviceSettings settings = DeviceSettings.of(ToyPack.write(dir, "-changed"), "127.0.0.1", other.port(),
                    other.development.device());
            try (DeviceAgent agent = DeviceAgent.open(settings)) {
                PeerException refused = assertThrows(PeerException.class, () -> agent.ask(at(agent, "guess")
                        .withDeadline(Duration.ofSeconds(10)), NOBODY));
                assertTrue(refused.getMessage().contains("SECTION_MISMATCH"), refused.getMessage());
            }
        }
    }

    @Test
    void credentialsThatCannotBeUsedHinderOnlyWhatNeedsTheLink() throws InterruptedException {
        DeviceSettings settings = DeviceSettings.of(edge.pack, "127.0.0.1", 1,
                Certificates.development(dir.resolve("nothing")).device());
        try (DeviceAgent agent = DeviceAgent.open(settings)) {
            assertEquals(ToyMethod.GUESS, agent.ask(at(agent, "here"), NOBODY).parts());
            var refused = assertThrows(CredentialsException.class, () -> agent.ask(at(agent, "send"), NOBODY));
            assertTrue(refused.getMessage().contains("device.pem"), refused.getMessage());
        }
    }

    @Test
    void aPackThatIsNoneIsRefusedAtOnce() {
        DeviceSettings settings = DeviceSettings.of(dir.resolve("no-pack"), "127.0.0.1", 1, edge.development.device());
        var refused = assertThrows(PackException.class, () -> DeviceAgent.open(settings));
        assertTrue(refused.getMessage().contains("no-pack"), refused.getMessage());
    }

    @Test
    void withoutADeadlineTheLinksPatienceEndsTheWait() throws InterruptedException {
        try (DeviceAgent agent = DeviceAgent.open(nowhere.withConnect(SOON))) {
            DeviceAnswer answer = agent.ask(PICTURE, TASK, agent.methods().point("guess"), NOBODY);
            assertInstanceOf(MadeBy.Device.class, answer.madeBy());
            assertTrue(answer.totalNanos() >= SOON.toNanos(), answer.totalNanos() + " ns");
        }
    }
}
