package dev.tandem.hil.eval.demo;

import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.command.Rate;
import dev.tandem.command.PictureFile;
import dev.tandem.hil.relay.Profile;
import dev.tandem.hil.relay.Profiles;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import java.io.IOException;
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
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Starts an edge in a process of its own and is the device: looks at pictures, sends each as about a"
                + " kilobyte of coded features over an encrypted loopback link, and prints the answers as they come,"
                + " beside what JPEG would have cost. Shows one method after the other, each by a pack that was trained for it. Leaves nothing running.")
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
            description = "A method, with the pack that shows it: tofc asks questions, patches draws what was sent of each picture, bottleneck lets every backbone answer and restores the picture, squeeze restores it beside the small one that the device looks at. Default: all of them, one after the other; with --pack, --point or --image the pack's own.")
    private String method;
    @Option(names = "--out", paramLabel = "DIR",
            description = "Where pictures that are drawn or restored go, each method's in a folder of its own where all are shown. Default: demo-METHOD.")
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
        List<Programme> programmes = programmes();
        List<List<Shot>> shots = new ArrayList<>();
        for (Programme programme : programmes) {
            shots.add(shots(programme));
        }
        Stage stage = stage();
        int worst = ExitCodes.OK;
        for (int i = 0; i < programmes.size(); i++) {
            Programme programme = programmes.get(i);
            if (programmes.size() == 1) {
                return stage.show(programme, shots.get(i), out);
            }
            stage.announce(programme);
            worst = Math.max(worst, stage.show(programme, shots.get(i),
                    out == null ? null : out.resolve(programme.point().method())));
        }
        return worst;
    }

    /** What is asked for, or all that there is to be shown. */
    private List<Programme> programmes() {
        boolean all = method == null && point == null && images == null && packOption.shipped();
        Path first = method != null && !packOption.named()
                ? DemoPacks.folder(PackOption.home(), method)
                : packOption.folder();
        List<Programme> programmes = new ArrayList<>();
        programmes.add(Programme.of(PackMethods.of(Pack.open(first)), method, point));
        if (all) {
            DemoPacks.others(PackOption.home(), programmes.getFirst().point().method()).forEach((other, folder) -> {
                Pack pack = Pack.open(folder);
                if (pack.manifest().methods().containsKey(other)) {
                    programmes.add(Programme.of(PackMethods.of(pack), other, null));
                }
            });
        }
        return programmes;
    }

    private Stage stage() throws IOException {
        long rate = Rate.bytes(spec.commandLine(), "--uplink",
                uplink != null ? uplink : link == null ? DEFAULT_UPLINK : 0);
        return new Stage(link, link == null ? null : profile(), seed, rate, threads, json, spec.commandLine().getOut(),
                spec.commandLine().getErr());
    }

    private Profile profile() throws IOException {
        try {
            return Profiles.open(link);
        } catch (IllegalArgumentException problem) {
            throw new ParameterException(spec.commandLine(), problem.getMessage(), problem);
        }
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
}
