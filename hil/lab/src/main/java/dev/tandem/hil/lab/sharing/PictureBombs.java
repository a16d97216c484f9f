package dev.tandem.hil.lab.sharing;

import dev.tandem.method.PlainSlice;
import dev.tandem.task.Task;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Slice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sends small files that cost seconds or gigabytes to decode, as pictures of the classic way of sending. */
final class PictureBombs implements SharingAttack {
    private static final byte KIND = 'i'; // docs/bitstream.md, section 11
    private static final int SLICE_BYTES = 60_000;
    private static final int SIDE = 8_176;
    private static final int SCANS = 1_600;
    private static final int IN_FLIGHT = 2;

    private AskRequest scans;
    private AskRequest pixels;
    private boolean turn;

    @Override
    public String name() {
        return "1 picture bombs";
    }

    @Override
    public String what() {
        return "sends a progressive JPEG with " + SCANS
                + " empty scans and a PNG of 67 million pixels, both as a point of"
                + " JPEG pictures";
    }

    @Override
    public void prepare(Scene scene) throws IOException {
        scans = question(JpegBomb.make(8_192, SIDE, SCANS));
        pixels = question(PngBomb.make(8_192, SIDE));
        scene.target("bomber");
    }

    private static AskRequest question(byte[] file) {
        Task task = new Task.Question("what is this?", 1);
        List<Slice> slices = new ArrayList<>();
        for (int from = 0; from < file.length; from += SLICE_BYTES) {
            int bytes = Math.min(SLICE_BYTES, file.length - from);
            slices.add(new Slice(slices.size(), 0,
                    PlainSlice.seal(PlainSlice.start(KIND, 1 + bytes).put(file, from, bytes))));
        }
        return AskRequest.of(task.code(), task.body()).withPoint("jpeg-q75").withSlices(slices, Need.ALL)
                .withDeadline(Duration.ofSeconds(2));
    }

    @Override
    public void run(Scene scene) throws IOException, InterruptedException {
        Asks.flood(scene, "bomber", IN_FLIGHT, () -> (turn = !turn) ? scans : pixels);
    }
}
