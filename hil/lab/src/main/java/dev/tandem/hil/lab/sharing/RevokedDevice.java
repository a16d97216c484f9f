package dev.tandem.hil.lab.sharing;

import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.tls.Certificates;
import dev.tandem.transport.tls.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A device whose certificate is revoked while it is connected, and that goes on asking. */
final class RevokedDevice implements SharingAttack {
    private static final double MOST_SECONDS = 5;
    private static final int ANSWER_SECONDS = 20;

    private Path list;
    private double seconds = Double.POSITIVE_INFINITY;
    private int answered;
    private boolean again;

    @Override
    public String name() {
        return "6 revoked device";
    }

    @Override
    public String what() {
        return "a device's certificate is revoked while it is connected; it goes on asking, and comes again";
    }

    @Override
    public double mostSeconds() {
        return MOST_SECONDS + 2;
    }

    /** The new list is made beside the folder that the edge looks at. */
    @Override
    public void prepare(Scene scene) throws IOException {
        Path leaving = scene.authority().device("leaving").certificate();
        Path beside = Files.createTempDirectory(scene.authority().folder(), "beside");
        for (String name : List.of("ca.pem", "ca-key.pem", "revoked.pem")) {
            Files.copy(scene.authority().folder().resolve(name), beside.resolve(name));
        }
        list = Certificates.revoke(beside, leaving);
    }

    @Override
    public void run(Scene scene) throws IOException, InterruptedException {
        Credentials own = scene.authority().device("leaving");
        ClientSettings settings = scene.client(own).withReconnect(false);
        try (TandemClient link = TandemClient.connect(settings)) {
            ask(scene, link);
            Files.move(list, scene.authority().folder().resolve(list.getFileName()),
                    StandardCopyOption.REPLACE_EXISTING);
            scene.struck();
            long start = System.nanoTime();
            while (!scene.over() && link.connected()) {
                answered += ask(scene, link) && scene.counts() ? 1 : 0;
                scene.pause(100);
            }
            if (!link.connected() && scene.counts()) {
                seconds = (System.nanoTime() - start) / 1e9;
            }
        }
        try (TandemClient link = TandemClient.connect(settings)) {
            again = ask(scene, link);
        } catch (PeerException refused) {
            scene.said(refused.getMessage());
        }
    }

    private static boolean ask(Scene scene, TandemClient link) throws InterruptedException {
        try {
            link.ask(scene.question(), PoliteDevice.NOBODY).answer().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            scene.said("an answer");
            return true;
        } catch (ExecutionException | TimeoutException e) {
            scene.said(e.getCause() == null ? "nothing" : e.getCause().getMessage());
            return false;
        }
    }

    @Override
    public List<Criterion> criteria(Scene scene) {
        return List.of(Criterion.atMost("seconds from the new list until it is cut", seconds, MOST_SECONDS),
                Criterion.told("its questions answered after the list", answered),
                Criterion.atMost("whether it gets in again", again ? 1 : 0, 0));
    }
}
