package dev.tandem.edge;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.edge.serve.EdgeDaemon;
import dev.tandem.edge.serve.EdgeSettings;
import dev.tandem.edge.serve.MetricsPage;
import dev.tandem.transport.session.TransportChoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem edge}: runs the daemon until SIGTERM or Ctrl-C. What goes wrong at the start is thrown, in words. */
@Command(name = "edge", mixinStandardHelpOptions = true, sortOptions = false, description = "Runs the edge daemon: "
        + "decodes what devices send, and lets the heads of the pack do their tasks: answer questions, classify, "
        + "whatever the pack has a head for. Stops on SIGTERM or Ctrl-C.")
public final class EdgeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeCommand.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(9);

    @Mixin
    private EdgeOptions options;

    @Option(names = "--json", description = "Print the ready line as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        InetSocketAddress page = options.metrics();
        EdgeSettings settings = options.settings();
        Ports.check("--listen", settings.address(), settings.lab() ? TransportChoice.TCP : settings.transport());
        if (page != null) {
            Ports.check("--metrics", page, TransportChoice.TCP);
        }
        EdgeDaemon daemon = start(settings);
        MetricsPage served = page == null ? null : serve(page, daemon);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop(served, daemon);
            stopped.countDown();
        }, "tandem-stop"));
        say(daemon, served == null ? null : served.address());
        stopped.await();
        return ExitCodes.OK;
    }

    /** On a thread of its own, so that the process ends in time even where something does not let go. */
    private static void stop(MetricsPage page, EdgeDaemon daemon) {
        Thread closing = Thread.ofPlatform().daemon().name("tandem-close").start(() -> {
            if (page != null) {
                page.close();
            }
            daemon.close();
        });
        try {
            if (!closing.join(LONGEST_STOP)) {
                LOG.warn("stopping took longer than [{}]; what is left is left behind", LONGEST_STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A method, an engine or a certificate that an option names and that is not there is wrong use. */
    private static EdgeDaemon start(EdgeSettings settings) {
        try {
            return EdgeDaemon.start(settings);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCodes.USAGE, e.getMessage(), e);
        }
    }

    private static MetricsPage serve(InetSocketAddress page, EdgeDaemon daemon) throws IOException {
        try {
            return MetricsPage.start(page, daemon::metrics);
        } catch (IOException e) {
            daemon.close();
            throw e;
        }
    }

    private void say(EdgeDaemon daemon, InetSocketAddress metrics) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? ReadyLine.json(daemon, metrics) : ReadyLine.words(daemon, metrics));
        out.flush();
    }
}
