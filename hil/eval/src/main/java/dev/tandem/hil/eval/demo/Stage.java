package dev.tandem.hil.eval.demo;

import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.device.DeviceAgent;
import dev.tandem.hil.eval.link.Loopback;
import dev.tandem.hil.relay.Profile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Where programmes are shown: an edge in a process of its own for each, and this process as the device behind a link.
 *
 * @param linkName what the user calls the link's profile; null without one
 * @param profile  null without one
 * @param seed     of a profile's luck
 * @param rate     bytes a second, 0 for no limit
 * @param threads  of each end's engine, 0 for one a core
 * @param json     one object a question instead of text
 * @param out      answers
 * @param err      what is being done
 */
record Stage(String linkName, Profile profile, long seed, long rate, int threads, boolean json, PrintWriter out,
        PrintWriter err) {
    /**
     * Shows one.
     *
     * @param pictures where those that are drawn or restored go; null: {@code demo-METHOD}
     * @return an exit code
     */
    int show(Programme programme, List<Shot> shots, Path pictures) throws IOException, InterruptedException {
        Path pack = programme.methods().pack().folder();
        say("starting the edge (pack " + pack.getFileName() + ", certificates made for this run) ...");
        try (Loopback loopback = Loopback.start(pack, threads); DeviceAgent device = device(loopback)) {
            say(String.format(Locale.ROOT,
                    "edge is process %d on 127.0.0.1:%d, device is process %d; %s with TLS 1.3 both ways, link %s",
                    loopback.edge().pid(), loopback.edge().port(), ProcessHandle.current().pid(),
                    device.link().transport(), linkWords()));
            String name = programme.methods().pack().manifest().name();
            DemoTalk talk = new DemoTalk(device, programme.point(),
                    new Cost(device, EqualAccuracy.read(PackOption.home(), name)),
                    programme.keeper(pictures, image -> device.small(image, programme.point())), out, json);
            device.prepare(programme.point());
            programme.show(talk, shots);
            talk.end();
            return talk.lost() == 0 ? ExitCodes.OK : ExitCodes.NEGATIVE;
        }
    }

    private DeviceAgent device(Loopback loopback) throws IOException {
        if (profile != null) {
            loopback.through(profile, seed);
        }
        return loopback.device(rate);
    }

    private String linkWords() {
        String limit = rate == 0 ? "not limited" : String.format(Locale.ROOT, "%.0f KB/s", rate / 1e3);
        if (profile == null) {
            return limit;
        }
        return "\"" + linkName + "\"" + (profile.description().isEmpty() ? "" : " (" + profile.description() + ")")
                + (rate == 0 ? "" : ", " + limit);
    }

    /** What one show of several is, for people. */
    void announce(Programme programme) {
        if (!json) {
            out.print(String.format(Locale.ROOT, "%n=== %s, by the pack %s%n", programme.point().method(),
                    programme.methods().pack().manifest().name()));
            out.flush();
        }
    }

    private void say(String words) {
        err.println("tandem: " + words);
        err.flush();
    }
}
