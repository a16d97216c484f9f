package dev.tandem.hil.eval.demo;

import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.command.Rate;
import dev.tandem.command.PictureFile;
import dev.tandem.device.DeviceAgent;
import dev.tandem.hil.eval.link.Loopback;
import dev.tandem.hil.relay.Profile;
import dev.tandem.hil.relay.Profiles;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem demo}: the whole way, on one machine. */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Starts an edge in a process of its own and is the device: looks at pictures, sends each as about a"
                + " kilobyte of coded features over an encrypted loopback link, and prints the answers as they come,"
                + " beside what JPEG would have cost. Ends with a picture's class, where the pack has a head for that. Leaves nothing running.")
public final class DemoCommand implements Callable<Integer> {

    private static final double DEFAULT_UPLINK = 50;

    @Spec
    private CommandSpec spec;
    @Mixin
    private PackOption packOption;
    @Option(names = "--image", paramLabel = "FILE", description = "A picture of yours instead of the bundled ones.")
    private List<Path> images;
    @Option(names = "--ask", paramLabel = "TEXT", description = "A question about it; may be given several times.")
    private List<String> questions;
    @Option(names = "--method", paramLabel = "NAME",
            description = "A method, with the pack that shows it: tofc asks questions, patches draws what was sent of each picture, bottleneck lets every backbone answer and restores the picture, squeeze restores it beside the small one that the device looks at. Default: the pack's.")
    private String method;
    @Option(names = "--out", paramLabel = "DIR",
            description = "Where pictures that are drawn or restored go. Default: demo-METHOD.")
    private Path out;
    @Option(names = "--point", paramLabel = "NAME",
            description = "Operating point. Default: the method's first, or the pack's.")
    private String point;
    @Option(names = "--uplink", paramLabel = "KB/S",
            description = "Speed of the link in 1000 bytes a second, 0 for no limit. Default: 50, or with --link what the profile says.")
    private Double uplink;
    @Option(names = "--link", paramLabel = "PROFILE",
            description = "A bad link between the two: a profile of \"tandem relay --list\", or a YAML file of yours (docs/relay.md).")
    private String link;
    @Option(names = "--seed", paramLabel = "S", defaultValue = "1",
            description = "Of the bad link's luck. Default: ${DEFAULT-VALUE}.")
    private long seed;
    @Option(names = "--threads", paramLabel = "N", defaultValue = "0",
            description = "Threads of each end's engine. Default: one a core.")
    private int threads;
    @Option(names = "--json", description = "One JSON object a question instead of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (questions != null && images == null) {
            throw new ParameterException(spec.commandLine(), "--ask needs a picture: --image FILE");
        }
        Path pack = method != null && !packOption.named()
                ? DemoPacks.folder(PackOption.home(), method)
                : packOption.folder();
        Programme programme = Programme.of(PackMethods.of(Pack.open(pack)), method, point);
        List<Shot> shots = shots(programme);
        long rate = Rate.bytes(spec.commandLine(), "--uplink",
                uplink != null ? uplink : link == null ? DEFAULT_UPLINK : 0);
        Profile profile = link == null ? null : profile();
        say("starting the edge (pack " + pack.getFileName() + ", certificates made for this run) ...");
        try (Loopback loopback = Loopback.start(pack, threads); DeviceAgent device = device(loopback, profile, rate)) {
            say(String.format(Locale.ROOT,
                    "edge is process %d on 127.0.0.1:%d, device is process %d; %s with TLS 1.3 both ways, link %s",
                    loopback.edge().pid(), loopback.edge().port(), ProcessHandle.current().pid(),
                    device.link().transport(),
                    words(profile, rate)));
            DemoTalk talk = new DemoTalk(device, programme.point(),
                    new Cost(device, EqualAccuracy.read(PackOption.home(), pack(programme))),
                    programme.keeper(out, image -> device.small(image, programme.point())),
                    spec.commandLine().getOut(), json);
            device.prepare(programme.point());
            programme.show(talk, shots);
            talk.end();
            return talk.lost() == 0 ? ExitCodes.OK : ExitCodes.NEGATIVE;
        }
    }

    private static String pack(Programme programme) {
        return programme.methods().pack().manifest().name();
    }

    private Profile profile() throws IOException {
        try {
            return Profiles.open(link);
        } catch (IllegalArgumentException problem) {
            throw new ParameterException(spec.commandLine(), problem.getMessage(), problem);
        }
    }

    private DeviceAgent device(Loopback loopback, Profile profile, long rate) throws IOException {
        if (profile != null) {
            loopback.through(profile, seed);
        }
        return loopback.device(rate);
    }

    private String words(Profile profile, long rate) {
        String limit = rate == 0 ? "not limited" : String.format(Locale.ROOT, "%.0f KB/s", rate / 1e3);
        if (profile == null) {
            return limit;
        }
        return "\"" + link + "\"" + (profile.description().isEmpty() ? "" : " (" + profile.description() + ")")
                + (rate == 0 ? "" : ", " + limit);
    }

    private List<Shot> shots(Programme programme) throws IOException {
        if (questions != null && !programme.questions()) {
            throw new ParameterException(spec.commandLine(), "--ask: no head of this pack answers questions from what"
                    + " the point " + programme.point().name() + " sends");
        }
        if (images == null) {
            return programme.usual();
        }
        List<String> asked = questions == null ? List.of("What is in the picture?") : questions;
        List<Shot> shots = new ArrayList<>();
        for (Path image : images) {
            shots.add(new Shot(String.valueOf(image.getFileName()), PictureFile.read(image), asked));
        }
        return shots;
    }

    private void say(String words) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("tandem: " + words);
        err.flush();
    }
}
