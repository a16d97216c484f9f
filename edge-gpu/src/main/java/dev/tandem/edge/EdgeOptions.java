package dev.tandem.edge;

import dev.tandem.command.HostPort;
import dev.tandem.edge.serve.EdgeSettings;
import dev.tandem.engine.EngineSettings;
import dev.tandem.method.HeadLimits;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Certificates;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How an edge runs, as options. */
final class EdgeOptions {
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

    @Option(names = "--methods", paramLabel = "NAME", split = ",", description = "Methods that devices may use, of "
            + "those that the pack serves; left out: its learned ones. Yardsticks (raw, image) are taken only where "
            + "they are named, since they let a device make the edge do more.")
    private Set<String> methods = Set.of();

    @Option(names = "--max-tokens", paramLabel = "N", defaultValue = "2048", description = "Longest context of a "
            + "language model, prompt and answer together (default: ${DEFAULT-VALUE}, or the pack's limit if lower).")
    private int maxTokens;

    @Option(names = "--answer-tokens", paramLabel = "N", defaultValue = "128", description = "Longest answer of a "
            + "language model, where a question asks for no shorter one (default: ${DEFAULT-VALUE}).")
    private int answerTokens;

    @Option(names = "--queue", paramLabel = "N", defaultValue = "64", description = "Tasks that may wait for the "
            + "models; when more come, the device that asks most is refused (default: ${DEFAULT-VALUE}).")
    private int queue;

    @Option(names = "--readings", paramLabel = "N", defaultValue = "4", description = "Pictures that stay read, for "
            + "further tasks on them (default: ${DEFAULT-VALUE}).")
    private int readings;

    @Option(names = "--reading-mib", paramLabel = "N", defaultValue = "512", description = "MiB that these may hold "
            + "together (default: ${DEFAULT-VALUE}).")
    private int readingMib;

    @Option(names = "--transport", paramLabel = "NAME", defaultValue = "auto", description = "auto: QUIC and TCP on "
            + "one port number; quic or tcp: only that (default: ${DEFAULT-VALUE}).")
    private String transport;

    @Option(names = "--metrics", paramLabel = "HOST:PORT", description = "Serve Prometheus text at /metrics there, in "
            + "the clear; port 0: any, told by the ready line; left out: nowhere.")
    private String metrics;

    @Option(names = "--lab", description = "PLAIN TEXT over TCP, for laboratories only.")
    private boolean lab;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** ParameterException in words for values that cannot be. */
    EdgeSettings settings() {
        InetSocketAddress address = address("--listen", listen);
        try {
            return EdgeSettings.of(pack, address, Certificates.development(certs).edge())
                    .withEngine(engine, EngineSettings.defaults().withThreads(threads)).withMethods(methods)
                    .withHeads(new HeadLimits(maxTokens, answerTokens)).withQueue(queue)
                    .withReadings(readings, (long) readingMib << 20).withTransport(TransportChoice.of(transport))
                    .withLab(lab);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Where metrics are served; null for nowhere. ParameterException in words for what is no address. */
    InetSocketAddress metrics() {
        return metrics == null ? null : address("--metrics", metrics);
    }

    private InetSocketAddress address(String option, String value) {
        return HostPort.parse(spec.commandLine(), option, value).address(option);
    }
}
