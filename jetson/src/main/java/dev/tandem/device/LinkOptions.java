package dev.tandem.device;

import dev.tandem.command.HostPort;
import dev.tandem.command.Rate;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.GraphOptimization;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Certificates;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine;

/** How a command reaches its edge. */
final class LinkOptions {
    @Option(names = "--edge", required = true, paramLabel = "HOST:PORT", description = "The edge. It need not be in "
            + "reach: what the device can answer alone it does.")
    private String edge;

    @Option(names = "--certs", required = true, paramLabel = "DIR", description = "Folder with ca.pem, device.pem and "
            + "device-key.pem; \"tandem cert new\" makes one.")
    private Path certs;

    @Option(names = "--uplink", paramLabel = "KB/S", defaultValue = "0", description = "Send no faster than this many "
            + "kilobytes (1000 bytes) a second; 0: no limit.")
    private double uplink;

    @Option(names = "--transport", paramLabel = "NAME", defaultValue = "auto",
            description = "auto: QUIC, or TCP where UDP "
                    + "is blocked; quic or tcp: only that (default: ${DEFAULT-VALUE}).")
    private String transport;

    @Option(names = "--lab", description = "PLAIN TEXT over TCP, for laboratories only; the edge must say so too.")
    private boolean lab;

    /**
     * Settings of an agent with this link.
     *
     * @throws CommandLine.ParameterException in words, for a value that cannot be
     */
    DeviceSettings settings(CommandLine line, Path pack, String engine, int threads) {
        HostPort at = HostPort.parse(line, "--edge", edge);
        try {
            return DeviceSettings.of(pack, at.host(), at.port(), Certificates.development(certs).device())
                    .withEngine(engine, oneRun(threads))
                    .withUplinkBytesPerSecond(Rate.bytes(line, "--uplink", uplink))
                    .withTransport(TransportChoice.of(transport))
                    .withLab(lab);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(line, e.getMessage(), e);
        }
    }

    /** A command looks at one picture and ends. */
    private static EngineSettings oneRun(int threads) {
        return EngineSettings.defaults().withThreads(threads).withOptimization(GraphOptimization.ONE_RUN);
    }
}
