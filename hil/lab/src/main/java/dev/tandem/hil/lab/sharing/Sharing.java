package dev.tandem.hil.lab.sharing;

import dev.tandem.hil.lab.attack.Processors;
import dev.tandem.command.Identities;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.AskRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Attacks in turn, each on an edge of its own. */
public final class Sharing {
    private static final List<Supplier<SharingAttack>> ATTACKS = List.of(PictureBombs::new, NoStreamCredit::new,
            FatSlices::new, Strangers::new, GreedyDevices::new, RevokedDevice::new, UnfinishedSlices::new,
            PingFlood::new, LongPrompts::new, ControlCharacters::new, LostLink::new, StrayData::new, SharedCache::new,
            HalfRequests::new);

    /** How many attacks there are. */
    public static final int COUNT = ATTACKS.size();

    private static final double BRIEF_SECONDS = 5;

    private Sharing() {
    }

    /**
     * Runs them.
     *
     * @param pack folder of the edge's pack
     * @param chosen numbers of the attacks to run, 1 to {@link #COUNT}, in any order
     * @param questions what good devices ask, with a picture each: more than an edge keeps
     * @param seconds of all attacks together, in which the polite device is measured alone as well; starts and stops of
     *        the edges come on top, and attacks that show nothing in so short a time take theirs
     * @param done hears each verdict when its attack is over
     * @throws dev.tandem.command.CommandFailedException where no edge can be started
     */
    public static void run(Path pack, Collection<Integer> chosen, List<AskRequest> questions, double seconds,
            Consumer<Verdict> done) throws Exception {
        Set<Integer> numbers = new TreeSet<>(chosen);
        Pack opened = Pack.open(pack);
        Path log = Files.createTempFile("tandem-edge", ".log");
        try (LabAuthority authority = new LabAuthority()) {
            for (int number : numbers) {
                done.accept(run(ATTACKS.get(number - 1).get(), opened, questions, authority, log,
                        seconds / numbers.size()));
            }
        } finally {
            Files.deleteIfExists(log);
        }
    }

    static Verdict run(SharingAttack attack, Pack pack, List<AskRequest> questions, LabAuthority authority,
            Path log, double seconds) throws Exception {
        Processors processors = Processors.here();
        processors.defend();
        try (EdgeProcess edge = EdgeProcess.start(pack.folder(), authority.folder(), log, attack.logLevel(),
                seconds < BRIEF_SECONDS)) {
            Scene scene = new Scene(pack, Identities.of(PackMethods.of(pack)), edge, authority, questions);
            try {
                processors.attack(); // threads that it starts keep to the attackers' processors
                attack.prepare(scene);
                processors.defend();
                return new SharingRun(attack, scene, processors).measure(seconds);
            } finally {
                scene.end();
            }
        } catch (IOException e) {
            throw new IOException("trial [" + attack.name() + "]: " + e.getMessage(), e);
        } finally {
            processors.share();
        }
    }
}
