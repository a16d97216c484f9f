package dev.tandem.edge;

import dev.tandem.command.Version;
import dev.tandem.edge.serve.EdgeDaemon;
import dev.tandem.edge.serve.EdgeSettings;
import dev.tandem.edge.serve.MetricsPage;
import dev.tandem.engine.EngineSettings;
import dev.tandem.method.HeadLimits;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Certificates;
import dev.tandem.transport.tls.Credentials;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem edge}: runs the daemon until SIGTERM or Ctrl-C. What goes wrong at the start is thrown, in words. */
@Command(name = "edge", mixinStandardHelpOptions = true, sortOptions = false, versionProvider = Version.class, description = {
        "Runs the edge daemon: decodes what devices send, and lets the heads of the pack do their tasks: answer questions, "
                + "classify, whatever the pack has a head for. Stops on SIGTERM or Ctrl-C."})
public final class EdgeCommand implements Callable<Integer> {
    @Option(names = "--pack", required = true, paramLabel = "DIR", description = "Folder of the pack.")
    private Path pack;

    @Option(names = "--listen", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:7443", description = "Where to "
            + "listen; port 0 picks a free one, host 0.0.0.0 listens everywhere (default: ${DEFAULT-VALUE}).")
    private String listen;

    @Option(names = "--certs", required = true, paramLabel = "DIR", description = "Folder with ca.pem, edge.pem, "
            + "edge-key.pem and, where some are revoked, revoked.pem; \"tandem cert new\" makes one.")
    private Path certs;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0", description = "CPU threads of the engine; "
            + "0: one a core (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--engine", paramLabel = "NAME", defaultValue = "auto", description = "Engine that runs the graphs "
            + "(default: ${DEFAULT-VALUE}).")
    private String engine;

    @Option(names = "--methods", paramLabel = "NAME", split = ",", description = "Methods that devices may use, of those "
            + "that the pack serves; left out: all of them.")
    private Set<String> methods = Set.of();

    @Option(names = "--max-tokens", paramLabel = "N", defaultValue = "2048", description = "Longest context of a language "
            + "model, prompt and answer together (default: ${DEFAULT-VALUE}, or the pack's limit if lower).")
    private int maxTokens;

    @Option(names = "--answer-tokens", paramLabel = "N", defaultValue = "128", description = "Longest answer of a "
            + "language model, where a question asks for no shorter one (default: ${DEFAULT-VALUE}).")
    private int answerTokens;

    @Option(names = "--queue", paramLabel = "N", defaultValue = "64", description = "Tasks that may wait for the models; "
            + "when more come, the oldest are refused (default: ${DEFAULT-VALUE}).")
    private int queue;

    @Option(names = "--readings", paramLabel = "N", defaultValue = "4", description = "Pictures that stay read, for "
            + "further tasks on them (default: ${DEFAULT-VALUE}).")
    private int readings;

    @Option(names = "--reading-mib", paramLabel = "N", defaultValue = "512", description = "MiB that these may hold "
            + "together (default: ${DEFAULT-VALUE}).")
    private int readingMib;

    @Option(names = "--transport", paramLabel = "NAME", defaultValue = "auto", description = "auto: QUIC and TCP on one "
            + "port number; quic or tcp: only that (default: ${DEFAULT-VALUE}).")
    private String transport;

    @Option(names = "--metrics", paramLabel = "HOST:PORT", description = "Serve Prometheus text at /metrics there, in "
            + "the clear; left out: nowhere.")
    private String metrics;

    @Option(names = "--lab", description = "PLAIN TEXT over TCP, for laboratories only.")
    private boolean lab;

    @Option(names = "--json", description = "Print the ready line as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        InetSocketAddress page = metrics == null ? null : address("--metrics", metrics);
        EdgeDaemon daemon = EdgeDaemon.start(settings());
        MetricsPage served = page == null ? null : serve(page, daemon);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (served != null) {
                served.close();
            }
            daemon.close();
            stopped.countDown();
        }, "tandem-stop"));
        say(daemon);
        stopped.await();
        return 0;
    }

    private static MetricsPage serve(InetSocketAddress page, EdgeDaemon daemon) throws IOException {
        try {
            return MetricsPage.start(page, daemon::metrics);
        } catch (IOException e) {
            daemon.close();
            throw e;
        }
    }

    private EdgeSettings settings() {
        Credentials credentials = Certificates.development(certs).edge();
        return EdgeSettings.of(pack, address("--listen", listen), credentials)
                .withEngine(engine, EngineSettings.defaults().withThreads(threads)).withMethods(methods)
                .withHeads(limits()).withQueue(queue).withReadings(readings, (long) readingMib << 20)
                .withTransport(choice()).withLab(lab);
    }

    private HeadLimits limits() {
        try {
            return new HeadLimits(maxTokens, answerTokens);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private TransportChoice choice() {
        try {
            return TransportChoice.of(transport);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private InetSocketAddress address(String option, String value) {
        int colon = value.lastIndexOf(':');
        try {
            return new InetSocketAddress(value.substring(0, colon), Integer.parseInt(value.substring(colon + 1)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(),
                    option + " [" + value + "]: needed host:port with a port of 0 to 65535", e);
        }
    }

    private void say(EdgeDaemon daemon) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? ReadyLine.json(daemon) : ReadyLine.words(daemon));
        out.flush();
    }
}
