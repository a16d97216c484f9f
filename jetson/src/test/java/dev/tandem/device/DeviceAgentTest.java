package dev.tandem.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.device.toy.ToyMethod;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Look;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.PeerException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent with the toy method against an edge that only echoes, over the real link. */
class DeviceAgentTest {
    private static final RgbImage PICTURE = RgbImage.black(40, 30);
    private static final Consumer<Part> NOBODY = part -> {
    };
    @TempDir
    private static Path dir;
    private static EchoEdge edge;
    private static DeviceAgent agent;

    @BeforeAll
    static void open() throws InterruptedException {
        edge = new EchoEdge(dir);
        agent = DeviceAgent.open(edge.settings());
        agent.ask(DeviceRequest.of(question("hello")).withDeadline(Duration.ofSeconds(60)), NOBODY);
    }

    @AfterAll
    static void close() {
        agent.close();
        edge.close();
    }

    private static Task question(String text) {
        return new Task.Question(text, 0);
    }

    private static DeviceAnswer alone(String text) throws InterruptedException {
        return agent.ask(DeviceRequest.of(question(text)), NOBODY);
    }

    @Test
    void aPictureGoesUpAsSlicesAndWordsComeDownOnTheCallersThread() throws InterruptedException {
        List<Part> parts = new ArrayList<>();
        Thread caller = Thread.currentThread();
        DeviceAnswer answer = agent.ask(PICTURE, question("what is this"), agent.methods().point("send"), part -> {
            assertSame(caller, Thread.currentThread());
            parts.add(part);
        });
        assertEquals(List.of(new Part.Words("what"), new Part.Words(" is"), new Part.Words(" this")), parts);
        assertEquals("what is this", answer.text());
        assertEquals(List.of(new Part.Words("what is this")), answer.parts());
        assertEquals(new MadeBy.Edge("echo"), answer.madeBy());
        assertEquals("send", answer.point());
        assertEquals(2, answer.slices());
        assertEquals(8, answer.sliceBytes());
        assertTrue(answer.frameBytes() > answer.sliceBytes() && answer.wire().written() > answer.frameBytes());
        assertEquals(2, answer.edge().count("used"));
        assertEquals(1_000_000, answer.edgeNanos());
        assertTrue(answer.encodeNanos() > 0 && answer.firstPartNanos() >= answer.encodeNanos());
        assertTrue(answer.linkNanos() > 0 && answer.totalNanos() >= answer.firstPartNanos());
        assertEquals(5, answer.deviceNanos().get("look"));
        assertEquals(2, ((Look.Send) answer.look()).slices().size());
        assertEquals(2, answer.slicesUsed().orElseThrow().cardinality());
    }

    @Test
    void aPictureIsClassified() throws InterruptedException {
        DeviceAnswer answer = agent.ask(DeviceRequest.about(PICTURE, new Task.Classify(5)), NOBODY);
        assertEquals(5, answer.labels().size());
        assertEquals("golden retriever", answer.labels().get(0).name());
        assertEquals(0.5f, answer.labels().get(0).probability());
        assertEquals(new MadeBy.Edge("labels"), answer.madeBy());
        assertEquals("", answer.text());
    }

    @Test
    void aPreviewIsAPicture() throws InterruptedException {
        DeviceAnswer answer = agent.ask(DeviceRequest.about(PICTURE, new Task.Preview(64)).withHead("other"), NOBODY);
        assertArrayEquals(EchoEdge.PREVIEW, answer.picture().orElseThrow().file());
        assertEquals(new MadeBy.Edge("other"), answer.madeBy());
    }

    @Test
    void aQuestionMayGoAlone() throws InterruptedException {
        DeviceAnswer answer = alone("hello");
        assertEquals("hello", answer.text());
        assertEquals(0, answer.slices());
        assertEquals("", answer.point());
    }

    @Test
    void whatTheDeviceIsSureOfNeverLeavesIt() throws InterruptedException {
        List<Part> parts = new ArrayList<>();
        DeviceAnswer answer = agent.ask(PICTURE, new Task.Classify(5), agent.methods().point("toy-here"), parts::add);
        assertEquals(ToyMethod.GUESS, parts);
        assertEquals(ToyMethod.GUESS, answer.parts());
        assertTrue(answer.madeBy() instanceof MadeBy.Device, answer.madeBy().words());
        assertEquals(0, answer.frameBytes());
        assertEquals("toy-here", answer.point());
    }

    @Test
    void anEdgeInReachIsPreferredToAGuess() throws InterruptedException {
        DeviceAnswer answer = agent.ask(PICTURE, new Task.Classify(1), agent.methods().point("guess"), NOBODY);
        assertEquals(new MadeBy.Edge("labels"), answer.madeBy());
    }

    @Test
    void aRefusalCarriesTheEdgesReasonAndIsNoReasonToGuess() throws InterruptedException {
        PeerException failed = assertThrows(PeerException.class, () -> alone("fail badly"));
        assertTrue(failed.getMessage().contains("told to fail badly"), failed.getMessage());
        assertTrue(failed.getMessage().startsWith("asking the edge (question, without a picture)"),
                failed.getMessage());
        PeerException refused = assertThrows(PeerException.class, () -> agent.ask(PICTURE, question("refuse it"),
                agent.methods().point("guess"), NOBODY));
        assertEquals(ErrorCode.UNSUPPORTED_TASK, refused.code());
        assertTrue(refused.getMessage().contains("2 slices of 8 bytes at the point guess"), refused.getMessage());
        assertEquals("again", alone("again").text());
    }

    @Test
    void aPartThatNobodyKnowsEndsTheExchangeInWords() throws InterruptedException {
        PeerException failed = assertThrows(PeerException.class, () -> alone("garbage"));
        assertEquals(ErrorCode.MALFORMED_FRAME, failed.code());
        assertTrue(failed.getMessage().contains("part [77]"), failed.getMessage());
        assertEquals("still there", alone("still there").text());
    }

    @Test
    void aReaderThatFailsGivesTheQuestionUp() {
        assertThrows(IllegalStateException.class, () -> agent.ask(DeviceRequest.of(question("a b c")), part -> {
            throw new IllegalStateException("full");
        }));
    }

    @Test
    void theAgentSaysWhetherAnEdgeIsInReach() throws InterruptedException {
        alone("hello");
        assertTrue(agent.connected());
        assertFalse(agent.link().transport().isEmpty());
    }

    @Test
    void anInterruptGivesTheQuestionUp() throws InterruptedException {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> alone("silence"));
        assertFalse(Thread.interrupted());
        assertEquals("and on", alone("and on").text());
    }
}
