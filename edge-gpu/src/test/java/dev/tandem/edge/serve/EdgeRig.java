package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.pack.Pack;
import dev.tandem.task.Answer;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.Exchange;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.tls.Certificates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** An edge on loopback with a device's end of the link, for tests. */
final class EdgeRig implements AutoCloseable {
    static final Path PACK = Path.of("..", "models", "tiny-vqa");
    /** The yardsticks too. */
    static final Set<String> ALL = Set.of("tofc", "raw", "image");

    final Certificates.Development certificates;
    final EdgeDaemon daemon;
    final TandemClient client;

    /** What a task got. */
    record Told(AnswerSummary summary, Answer answer) {}

    /** A task on its way. */
    record Asked(Exchange exchange, Answer answer) {
        Told join() {
            try {
                return new Told(exchange.answer().get(Patience.SECONDS, TimeUnit.SECONDS), answer);
            } catch (java.util.concurrent.ExecutionException e) {
                throw new CompletionException(e.getCause());
            } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
                throw new AssertionError(e);
            }
        }

        PeerException failure() {
            return (PeerException) assertThrows(CompletionException.class, this::join).getCause();
        }
    }

    EdgeRig(Path dir, Path pack, UnaryOperator<EdgeSettings> change) {
        certificates = Certificates.createDevelopment(dir.resolve("certs"), List.of("127.0.0.1"));
        daemon = EdgeDaemon.start(change.apply(
                EdgeSettings.of(pack, new InetSocketAddress("127.0.0.1", 0), certificates.edge()).withThreads(1)
                        .withMethods(ALL)));
        client = TandemClient.connect(ClientSettings.of("127.0.0.1", daemon.address().getPort(), certificates.device(),
                daemon.offer().identity()));
    }

    /** A copy of the tiny pack whose manifest was changed. */
    static Path pack(Path folder, Consumer<ObjectNode> change) throws IOException {
        try (Stream<Path> files = Files.walk(PACK)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = folder.resolve(PACK.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        Path manifest = folder.resolve("pack.json");
        ObjectMapper json = new ObjectMapper();
        ObjectNode tree = (ObjectNode) json.readTree(manifest.toFile());
        change.accept(tree);
        json.writeValue(manifest.toFile(), tree);
        return folder;
    }

    /** Takes the language model out and puts a head in that counts tokens. */
    static void onlyCounts(ObjectNode manifest) {
        manifest.putArray("heads").addObject().put("name", "count").put("kind", "counting").putObject("settings");
    }

    /** What the device half of the point's method makes of a drawn picture. */
    static List<Slice> slices(String point) {
        return slices(PACK, point);
    }

    /** The same of another pack. */
    static List<Slice> slices(Path pack, String point) {
        byte[] rgb = new byte[64 * 48 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 7 + i / 192 * 13);
        }
        PackMethods methods = PackMethods.of(Pack.open(pack));
        Point at = methods.point(point);
        try (Engine engine = Engines.select(Engines.AUTO).create(EngineSettings.defaults().withThreads(1));
                DeviceHalf half = methods.section(at.method()).device(Host.of(engine))) {
            Look.Send look = (Look.Send) half.look(new RgbImage(64, 48, rgb), at, new Task.Classify(1));
            return look.slices().stream().map(slice -> new Slice(slice.index(), slice.tile(), slice.bytes())).toList();
        }
    }

    Asked ask(Task task) {
        return send(AskRequest.of(task.code(), task.body()));
    }

    Asked ask(Task task, String point, List<Slice> slices) {
        return send(AskRequest.of(task.code(), task.body()).withPoint(point).withSlices(slices, Need.ANY));
    }

    Asked send(AskRequest request) {
        Answer answer = new Answer();
        return new Asked(client.ask(request, (kind, bytes) -> answer.add(Part.read(kind, bytes))), answer);
    }

    @Override
    public void close() {
        client.close();
        daemon.close();
    }
}
