package dev.tandem.cli;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.edge.serve.EdgeDaemon;
import dev.tandem.edge.serve.EdgeSettings;
import dev.tandem.hil.eval.demo.DemoCommand;
import dev.tandem.transport.tls.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine;

/**
 * Runs the common commands once, an edge in the same process, so that the JVM can record what they load and compile:
 * the launcher makes its ahead-of-time cache of it (cli/launcher/aot.sh). Not for people.
 */
@Command(name = "rehearse", hidden = true, description = "Runs the common commands once, for the ahead-of-time cache.")
final class RehearseCommand implements Callable<Integer> {
    @Mixin
    private PackOption pack;

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("tandem-rehearsal");
        Path picture = folder.resolve("picture.jpg");
        Path certificates = folder.resolve("certs");
        try (InputStream demo = DemoCommand.class.getResourceAsStream("/demo/astronaut.jpg")) {
            Files.copy(demo, picture);
            var made = Certificates.createDevelopment(certificates, List.of("localhost", "127.0.0.1"));
            InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            try (EdgeDaemon edge = EdgeDaemon.start(EdgeSettings.of(pack.folder(), anywhere, made.edge()))) {
                String address = "localhost:" + edge.address().getPort();
                List<String> ask = List.of("device", "ask", "--edge", address, "--certs", certificates.toString(),
                        "--pack",
                        pack.folder().toString(), "--image", picture.toString());
                run(Stream.concat(ask.stream(), Stream.of("--ask", "What is it?")));
                run(Stream.concat(ask.stream(), Stream.of("--task", "classify")));
            }
            run(Stream.of("model", "info", "--pack", pack.folder().toString()));
            run(Stream.of("--help"));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
        return ExitCodes.OK;
    }

    /** A pack without a head for a task may refuse it: what was loaded on the way counts. */
    private static void run(Stream<String> arguments) {
        StringWriter words = new StringWriter();
        CommandLine line = TandemCommand.commandLine().setOut(new PrintWriter(words)).setErr(new PrintWriter(words));
        String[] given = arguments.toArray(String[]::new);
        int code = line.execute(given);
        if (code != ExitCodes.OK && code != ExitCodes.PROTOCOL) {
            throw new CommandFailedException(code, "rehearsing [" + String.join(" ", given) + "]: " + words);
        }
    }
}
