package dev.tandem.hil.lab.sharing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A pack with a graph that reads a file which the manifest doesn't name, so that weights can change unseen. */
final class StrayData implements SharingAttack {
    private static final String COMMAND = "dev.tandem.cli.TandemCommand";

    private static final int MOST_SECONDS = 60;

    private final StrayPack pack = new StrayPack();
    private int code = -1;
    private String words = "";

    @Override
    public String name() {
        return "12 stray data";
    }

    @Override
    public String what() {
        return "a pack whose graph names weights that its manifest doesn't, one bit of them changed, is verified";
    }

    @Override
    public double mostSeconds() {
        return MOST_SECONDS;
    }

    @Override
    public void prepare(Scene scene) throws IOException {
        pack.make(scene.pack());
    }

    /** {@code tandem model verify}, once; it is waited for. */
    @Override
    public void run(Scene scene) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                EdgeProcess.java(COMMAND, List.of(EdgeProcess.QUICK), "model", "verify", pack.folder().toString()))
                .redirectErrorStream(true)
                .start();
        scene.struck();
        words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        code = process.waitFor();
        scene.said(words);
    }

    @Override
    public List<Criterion> criteria(Scene scene) throws IOException {
        String name = pack.stray();
        pack.delete();
        return List.of(Criterion.told("exit code of model verify", code),
                Criterion.atMost("whether it passes", code == 0 ? 1 : 0, 0),
                Criterion.atMost("whether it says no without naming the file",
                        code != 0 && !words.contains(name) ? 1 : 0, 0));
    }
}
