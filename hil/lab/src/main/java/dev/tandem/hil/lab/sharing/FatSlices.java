package dev.tandem.hil.lab.sharing;

import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.method.tofc.CodecExample;
import dev.tandem.task.Task;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Slice;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Sends one slice with a right check sum and more tokens than any picture has, as all slices of a picture. */
final class FatSlices implements SharingAttack {
    private static final int EXCHANGE_BYTES = 4 << 20;

    private AskRequest question;
    private String size = "";

    @Override
    public String name() {
        return "3 fat slices";
    }

    @Override
    public String what() {
        return "sends pictures of slices with right check sums and up to 4,096 tokens each, all alike" + size;
    }

    @Override
    public void prepare(Scene scene) throws IOException {
        PackMethods methods = PackMethods.of(scene.pack());
        Point point = methods.defaultPoint();
        CodecExample example = CodecExample.of(methods.section(point.method()))
                .orElseThrow(() -> new IOException("the pack has no golden vector of its codec to take tokens from"));
        byte[] slice = FatSlice.make(example);
        int copies = EXCHANGE_BYTES / slice.length;
        size = ": " + copies + " of " + slice.length + " bytes";
        List<Slice> slices = IntStream.range(0, copies).mapToObj(i -> new Slice(i, 0, slice)).toList();
        Task task = new Task.Question("what is this?", 1);
        question = AskRequest.of(task.code(), task.body()).withPoint(example.point()).withSlices(slices, Need.ALL);
        scene.target("fat");
    }

    @Override
    public void run(Scene scene) throws IOException {
        try (FrameSocket socket = new FrameSocket(scene.target("fat"))) {
            for (int exchange = 1; !scene.over(); exchange++) {
                Asks.exchange(scene, socket, question, exchange);
            }
        }
    }
}
