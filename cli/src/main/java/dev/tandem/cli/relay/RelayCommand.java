package dev.tandem.cli.relay;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.HostPort;
import dev.tandem.hil.relay.Counters;
import dev.tandem.hil.relay.Outcome;
import dev.tandem.hil.relay.Profiles;
import dev.tandem.hil.relay.Relay;
import dev.tandem.hil.relay.Way;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem relay}: a bad link between a device and an edge, until SIGTERM or Ctrl-C. */
@Command(name = "relay", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Passes UDP and TCP on over a link that is as bad as a profile says: loss, delay, rate, cuts."
                + " Stops on SIGTERM or Ctrl-C and says what became of the packets. docs/relay.md says how to write a profile.")
public final class RelayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;
    @Option(names = "--listen", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:0",
            description = "Where clients come, UDP and TCP; port 0 picks a free one. Default: ${DEFAULT-VALUE}.")
    private String listen;
    @Option(names = "--to", paramLabel = "HOST:PORT", description = "The server. Needed, but for --list.")
    private String to;
    @Option(names = "--profile", paramLabel = "NAME|FILE", defaultValue = "clean",
            description = "One of --list, or a file of yours. Default: ${DEFAULT-VALUE}.")
    private String profile;
    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "The same seed gives the same luck. Default: ${DEFAULT-VALUE}.")
    private long seed;
    @Option(names = "--list", description = "Show the profiles that come with Tandem.")
    private boolean list;
    @Option(names = "--json", description = "Print the ready line and the summary as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (list) {
            for (String name : Profiles.names()) {
                say(String.format(Locale.ROOT, "%-10s  %s", name, Profiles.named(name).description()));
            }
            return ExitCodes.OK;
        }
        if (to == null) {
            throw new ParameterException(spec.commandLine(), "--to is needed: where the relay passes on to");
        }
        InetSocketAddress own = HostPort.parse(spec.commandLine(), "--listen", listen).address("--listen");
        InetSocketAddress server = HostPort.parse(spec.commandLine(), "--to", to).address("--to");
        try (Relay relay = start(own, server)) {
            run(relay);
        }
        return ExitCodes.OK;
    }

    private Relay start(InetSocketAddress own, InetSocketAddress server) throws IOException {
        try {
            return Relay.start(own, server, Profiles.open(profile), seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void run(Relay relay) throws IOException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch said = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            stop.countDown();
            await(said, 2);
        }, "tandem-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        InetSocketAddress at = relay.address();
        say(json
                ? json(Map.of("ready", true, "host", at.getHostString(), "port", at.getPort(), "profile", profile,
                        "seed", seed))
                : String.format(Locale.ROOT, "tandem relay ready on %s:%d to %s, profile %s, seed %d",
                        at.getHostString(), at.getPort(),
                        to, profile,
                        seed));
        boolean terminal = System.console() != null && System.console().isTerminal();
        while (!await(stop, 1)) {
            if (terminal) {
                System.err.print("\r\033[K" + counts("udp", relay.udp()) + "; " + counts("tcp", relay.tcp()));
                System.err.flush();
            }
        }
        if (terminal) {
            System.err.print("\r\033[K");
        }
        say(json
                ? json(Map.of("udp", report(relay.udp()), "tcp", report(relay.tcp())))
                : counts("udp", relay.udp()) + System.lineSeparator() + counts("tcp", relay.tcp()));
        said.countDown();
    }

    /** Whether it has been counted down within these seconds, or this thread was interrupted. */
    private static boolean await(CountDownLatch latch, long seconds) {
        try {
            return latch.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException asked) {
            return true;
        }
    }

    private static String counts(String protocol, Counters counters) {
        StringBuilder line = new StringBuilder(protocol);
        for (Way way : Way.values()) {
            line.append(way == Way.UP ? ": " : ", ").append(word(way)).append(" [").append(counters.deliveredBytes(way))
                    .append(" bytes");
            counters.of(way)
                    .forEach((outcome, count) -> line.append(", ").append(word(outcome)).append(' ').append(count));
            line.append(']');
        }
        return line.toString();
    }

    private static Map<String, Object> report(Counters counters) {
        Map<String, Object> report = new LinkedHashMap<>();
        for (Way way : Way.values()) {
            Map<String, Long> lane = new LinkedHashMap<>(Map.of("deliveredBytes", counters.deliveredBytes(way)));
            for (Outcome outcome : Outcome.values()) {
                lane.put(word(outcome), counters.count(way, outcome));
            }
            report.put(word(way), lane);
        }
        return report;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String json(Map<String, Object> values) throws IOException {
        return new ObjectMapper().writeValueAsString(values);
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
