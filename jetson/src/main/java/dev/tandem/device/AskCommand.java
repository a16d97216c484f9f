package dev.tandem.device;

import dev.tandem.engine.EngineSettings;
import dev.tandem.image.ImageReader;
import dev.tandem.image.RgbImage;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Certificates;
import dev.tandem.transport.tls.Credentials;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem device ask}: one question, streamed to the terminal. What goes wrong is thrown, in words. */
@Command(name = "ask", mixinStandardHelpOptions = true, sortOptions = false, description = "Asks the edge about a "
        + "picture and prints the answer as it comes.")
public final class AskCommand implements Callable<Integer> {
    @Option(names = "--edge", required = true, paramLabel = "HOST:PORT", description = "The edge.")
    private String edge;

    @Option(names = "--certs", required = true, paramLabel = "DIR", description = "Folder with ca.pem, device.pem and "
            + "device-key.pem; \"tandem cert new\" makes one.")
    private Path certs;

    @Option(names = "--pack", required = true, paramLabel = "DIR", description = "Folder of the pack; the edge must "
            + "hold the same.")
    private Path pack;

    @Option(names = "--image", paramLabel = "FILE", description = "JPEG, PNG, GIF, BMP or WebP; without it the question "
            + "goes alone.")
    private Path image;

    @Option(names = "--ask", required = true, paramLabel = "TEXT", description = "The question.")
    private String question;

    @Option(names = "--point", paramLabel = "NAME", description = "Operating point: one of the pack's, or raw, raw-c16, "
            + "jpeg-q30, webp-q30-c16 and the like (default: the pack's).")
    private String point;

    @Option(names = "--method", paramLabel = "NAME", description = "tofc, raw or image: its default operating point.")
    private String method;

    @Option(names = "--uplink", paramLabel = "KB/S", defaultValue = "0", description = "Send no faster than this many "
            + "kilobytes (1000 bytes) a second; 0: no limit.")
    private double uplink;

    @Option(names = "--transport", paramLabel = "NAME", defaultValue = "auto", description = "auto: QUIC, or TCP where UDP "
            + "is blocked; quic or tcp: only that (default: ${DEFAULT-VALUE}).")
    private String transport;

    @Option(names = "--lab", description = "PLAIN TEXT over TCP, for laboratories only; the edge must say so too.")
    private boolean lab;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0", description = "CPU threads of the engine; 0: one "
            + "a core.")
    private int threads;

    @Option(names = "--engine", paramLabel = "NAME", defaultValue = "auto", description = "Engine that runs the graphs.")
    private String engine;

    @Option(names = "--json", description = "Print one JSON object with answer, bytes and times instead of text.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RgbImage picture = image == null ? null : ImageReader.read(image);
        try (DeviceAgent agent = DeviceAgent.open(settings())) {
            report(picture == null
                    ? agent.ask(question, this::stream)
                    : agent.ask(picture, question, PointChoice.of(agent.pack(), point, method), this::stream));
        }
        return 0;
    }

    private void report(DeviceAnswer answer) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? AnswerReport.json(question, answer) : "");
        out.flush();
        if (!json)
            spec.commandLine().getErr().println(AnswerReport.line(answer));
    }

    private void stream(String words) {
        if (json)
            return;
        spec.commandLine().getOut().print(words);
        spec.commandLine().getOut().flush();
    }

    private DeviceSettings settings() {
        int colon = edge.lastIndexOf(':');
        try {
            Credentials credentials = Certificates.development(certs).device();
            return DeviceSettings
                    .of(pack, edge.substring(0, colon), Integer.parseInt(edge.substring(colon + 1)), credentials)
                    .withEngine(engine, EngineSettings.defaults().withThreads(threads))
                    .withUplinkBytesPerSecond(Math.round(uplink * 1000)).withTransport(TransportChoice.of(transport))
                    .withLab(lab);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new ParameterException(spec.commandLine(), "--edge [" + edge + "]: needed host:port", e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
