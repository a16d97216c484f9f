package dev.tandem.device;

import dev.tandem.device.toy.ToyPack;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import dev.tandem.transport.edge.Arrival;
import dev.tandem.transport.edge.IncomingExchange;
import dev.tandem.transport.edge.ServerSettings;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.tls.Certificates;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An edge without a model, over the real transport: says questions back word by word, knows ten classes, or fails when
 * told to.
 */
final class EchoEdge implements AutoCloseable {
    /** What it gives as a preview. */
    static final byte[] PREVIEW = {9, 8, 7};

    final Path pack;
    /** Made once for all tests: each key takes its time. */
    static final Path CERTIFICATES = Path.of("target", "test-certs-" + ProcessHandle.current().pid());

    final Certificates.Development development = Made.ONCE;
    private TandemServer server;

    private static final class Made {
        static final Certificates.Development ONCE = Certificates.createDevelopment(CERTIFICATES, List.of("127.0.0.1"));
    }

    /** On a free port, with a toy pack in {@code dir}. */
    EchoEdge(Path dir) {
        pack = ToyPack.write(dir);
        start(0);
    }

    /** Begins to listen, after {@link #stop}. */
    void start(int port) {
        PackMethods methods = PackMethods.of(Pack.open(pack));
        PackIdentity identity = new PackIdentity(methods.pack().manifest().name(), methods.pack().hash(),
                methods.hashes());
        server = TandemServer.start(ServerSettings.of(new InetSocketAddress("127.0.0.1", port), development.edge(),
                identity).withDrain(Duration.ofMillis(100)), Echo::new);
    }

    /** Collects slices, then answers; on the event loop, which needs no model. */
    private record Echo(IncomingExchange exchange, List<Slice> slices) implements Arrival {
        Echo(IncomingExchange exchange) {
            this(exchange, new ArrayList<>());
        }

        @Override
        public void slices(List<Slice> fresh) {
            slices.addAll(fresh);
        }

        @Override
        public void ready() {
            switch (Task.read(exchange.task(), exchange.body())) {
                case Task.Question question -> words(question.text());
                case Task.Classify classify -> done("labels", new Part.Labels(best(classify.top())));
                case Task.Preview preview -> preview(preview.side());
            }
        }

        /** One, or first a worse one; or words only. */
        private void preview(int side) {
            Part.Picture picture = new Part.Picture(PREVIEW, "image/jpeg");
            switch (side) {
                case 1 -> done("restorer", new Part.Words("nothing to see"));
                case 2 -> done("restorer", new Part.Picture(new byte[]{1}, "image/jpeg"), new Part.Words("made up"),
                        picture);
                default -> done("restorer", picture);
            }
        }

        private void words(String text) {
            if (text.startsWith("fail")) {
                exchange.fail("told to " + text);
            } else if (text.startsWith("refuse")) {
                exchange.fail(ErrorCode.UNSUPPORTED_TASK, "no head for it");
            } else if (text.startsWith("garbage")) {
                exchange.part(77, new byte[]{1});
            } else if (!text.startsWith("silence")) {
                List<Part> words = new ArrayList<>();
                for (String word : text.split("(?= )")) {
                    words.add(new Part.Words(word));
                }
                done("echo", words.toArray(Part[]::new));
            }
        }

        private void done(String head, Part... parts) {
            for (Part part : parts) {
                exchange.part(part.code(), part.body());
            }
            Map<String, Long> stages = new LinkedHashMap<>();
            stages.put("queue", 5L);
            stages.put("total", 1_000_005L);
            exchange.done(new AnswerSummary(exchange.head().isEmpty() ? head : exchange.head(),
                    Map.of("used", (long) slices.size(), "total", (long) exchange.slicesAnnounced()), stages));
        }

        private static List<Label> best(int top) {
            List<Label> best = new ArrayList<>();
            for (int i = 0; i < Math.min(top, 10); i++) {
                best.add(new Label(i, i == 0 ? "golden retriever" : "class " + i, 0.5f / (1 << i)));
            }
            return best;
        }
    }

    int port() {
        return server.address().getPort();
    }

    DeviceSettings settings() {
        return DeviceSettings.of(pack, "127.0.0.1", port(), development.device());
    }

    void stop() {
        server.close();
    }

    @Override
    public void close() {
        stop();
    }
}
