package dev.tandem.hil.demo;

import dev.tandem.device.DeviceAgent;
import dev.tandem.hil.CommandFailedException;
import dev.tandem.hil.ExitCodes;
import dev.tandem.hil.PackOption;
import dev.tandem.hil.link.Loopback;
import dev.tandem.image.ImageReader;
import dev.tandem.pack.OperatingPoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem demo}: the whole way, on one machine. */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false, description = "Starts an edge in a process of its own and is the device: looks at pictures, sends each as about a"
        + " kilobyte of coded features over an encrypted loopback link, and prints the answers as they come,"
        + " beside what JPEG would have cost. Leaves nothing running.")
public final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;
    @Mixin
    private PackOption packOption;
    @Option(names = "--image", paramLabel = "FILE", description = "A picture of yours instead of the bundled ones.")
    private List<Path> images;
    @Option(names = "--ask", paramLabel = "TEXT", description = "A question about it; may be given several times.")
    private List<String> questions;
    @Option(names = "--point", paramLabel = "NAME", description = "Operating point. Default: the pack's.")
    private String point;
    @Option(names = "--uplink", paramLabel = "KB/S", defaultValue = "50", description = "Speed of the link in 1000 bytes a second, 0 for no limit. Default: ${DEFAULT-VALUE}.")
    private double uplink;
    @Option(names = "--threads", paramLabel = "N", defaultValue = "0", description = "Threads of each end's engine. Default: one a core.")
    private int threads;
    @Option(names = "--json", description = "One JSON object a question instead of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Shot> shots = shots();
        Path pack = packOption.folder();
        PrintWriter out = spec.commandLine().getOut();
        say("starting the edge (pack " + pack.getFileName() + ", certificates made for this run) ...");
        try (Loopback loopback = Loopback.start(pack, threads);
                DeviceAgent device = loopback.device(Math.round(uplink * 1000))) {
            say("edge is process %d on 127.0.0.1:%d, device is process %d; %s with TLS 1.3 both ways, link %s"
                    .formatted(
                            loopback.edge().pid(), loopback.edge().port(), ProcessHandle.current().pid(),
                            device.link().transport(),
                            uplink == 0 ? "not limited" : "%.0f KB/s".formatted(uplink)));
            OperatingPoint chosen = point == null
                    ? device.pack().defaultOperatingPoint()
                    : device.pack().operatingPoint(point);
            DemoTalk talk = new DemoTalk(device, chosen,
                    EqualAccuracy.read(PackOption.home(), device.pack().manifest().name()), out, json);
            for (Shot shot : shots) {
                talk.about(shot);
            }
            talk.end();
        }
        return ExitCodes.OK;
    }

    private List<Shot> shots() throws IOException {
        if (images == null) {
            if (questions != null) {
                throw new ParameterException(spec.commandLine(), "--ask needs a picture: --image FILE");
            }
            return Shot.bundled();
        }
        List<String> asked = questions == null ? List.of("What is in the picture?") : questions;
        List<Shot> shots = new ArrayList<>();
        for (Path image : images) {
            if (!Files.isRegularFile(image)) {
                throw new CommandFailedException(ExitCodes.NO_INPUT,
                        "reading the picture: no such file [" + image + "]");
            }
            shots.add(new Shot(String.valueOf(image.getFileName()), ImageReader.read(image), asked));
        }
        return shots;
    }

    private void say(String words) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("tandem: " + words);
        err.flush();
    }
}
