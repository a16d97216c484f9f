package dev.tandem.hil.lab.sharing;

import dev.tandem.hil.lab.attack.Target;
import dev.tandem.hil.report.Quantiles;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Requests to the metrics page that are sent by half and held, while a scraper asks for it. */
final class HalfRequests implements SharingAttack {
    private static final int HELD = 8;
    private static final int PATIENCE_MILLIS = 1_000;
    private static final byte[] HALF = "GET /metrics HTTP/1.1\r\nHost: edge\r\nX-".getBytes(StandardCharsets.US_ASCII);

    private final List<Double> scrapes = new ArrayList<>();
    private int unanswered;

    @Override
    public String name() {
        return "14 half requests";
    }

    @Override
    public String what() {
        return HELD + " requests to the metrics page are sent by half and held while a scraper asks for it";
    }

    @Override
    public void run(Scene scene) throws IOException, InterruptedException {
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < HELD; i++) {
                Socket socket = new Socket(Target.HOST, scene.edge().metricsPort());
                held.add(socket);
                socket.getOutputStream().write(HALF);
            }
            scene.struck();
            scene.pause(100);
            while (!scene.over()) {
                scrape(scene);
                scene.pause(100);
            }
        } finally {
            for (Socket each : held) {
                each.close();
            }
        }
    }

    private void scrape(Scene scene) {
        long start = System.nanoTime();
        try {
            HttpURLConnection page = (HttpURLConnection) URI
                    .create("http://" + Target.HOST + ":" + scene.edge().metricsPort() + "/metrics").toURL()
                    .openConnection();
            page.setConnectTimeout(PATIENCE_MILLIS);
            page.setReadTimeout(PATIENCE_MILLIS);
            page.setRequestProperty("Connection", "close");
            page.getInputStream().readAllBytes();
            scrapes.add((System.nanoTime() - start) / 1e6);
        } catch (IOException e) {
            if (scene.counts()) {
                unanswered++;
                scene.said("to the scraper: " + e.getMessage());
            }
        }
    }

    @Override
    public List<Criterion> criteria(Scene scene) {
        return List.of(Criterion.told("scrapes answered", scrapes.size()),
                Criterion.told("median ms of one",
                        Quantiles.of(scrapes.stream().mapToDouble(Double::doubleValue)).median()),
                Criterion.atMost("scrapes unanswered", unanswered, 0));
    }
}
