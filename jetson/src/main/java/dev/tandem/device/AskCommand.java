package dev.tandem.device;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.tandem.engine.EngineSettings;
import dev.tandem.foreign.NativeUnavailableException;
import dev.tandem.image.ImageReader;
import dev.tandem.pack.PackException;
import dev.tandem.transport.netty.Credentials;
import dev.tandem.transport.netty.PeerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem device ask}: one question, streamed to the terminal. */
@Command(name = "ask", mixinStandardHelpOptions = true, sortOptions = false, description = "Asks the edge about a "
        + "picture and prints the answer as it comes.", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:answered", "1:the edge gave no answer", "2:wrong options", "65:the pack cannot be used",
                "66:the picture cannot be read", "69:engine or edge not available", "70:anything else"})
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
    public Integer call() throws InterruptedException {
        DeviceSettings settings = settings();
        try (DeviceAgent agent = DeviceAgent.open(settings)) {
            return ask(agent);
        } catch (PackException e) {
            return fail(65, e);
        } catch (IOException e) {
            return fail(66, e);
        } catch (NativeUnavailableException e) {
            return fail(69, e);
        } catch (PeerException e) {
            return fail(e.exchange() == 0 ? 69 : 1, e);
        } catch (IllegalArgumentException e) {
            return fail(2, e);
        }
    }

    private int ask(DeviceAgent agent) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        DeviceAnswer answer = image == null
                ? agent.ask(question, this::stream)
                : agent.ask(ImageReader.read(image), question, PointChoice.of(agent.pack(), point, method),
                        this::stream);
        out.println(json ? AnswerReport.json(question, answer) : "");
        out.flush();
        if (!json)
            spec.commandLine().getErr().println(AnswerReport.line(answer));
        return 0;
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
            Credentials credentials = new Credentials(certs.resolve("device.pem"), certs.resolve("device-key.pem"),
                    certs.resolve("ca.pem"));
            return DeviceSettings
                    .of(pack, edge.substring(0, colon), Integer.parseInt(edge.substring(colon + 1)), credentials)
                    .withEngine(engine, EngineSettings.defaults().withThreads(threads))
                    .withUplinkBytesPerSecond(Math.round(uplink * 1000));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new ParameterException(spec.commandLine(), "--edge [" + edge + "]: needed host:port", e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int fail(int code, Exception e) {
        spec.commandLine().getErr().println("tandem device ask: " + e.getMessage());
        spec.commandLine().getErr().flush();
        return code;
    }
}
