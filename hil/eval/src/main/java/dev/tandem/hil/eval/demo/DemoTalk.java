package dev.tandem.hil.eval.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.device.DeviceAgent;
import dev.tandem.device.DeviceAnswer;
import dev.tandem.hil.eval.link.Times;
import dev.tandem.method.EncodedPicture;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.transport.frame.FrameHeader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** Asks, prints the answer as it comes, and says what it cost. */
final class DemoTalk {
    private final DeviceAgent device;
    private final OperatingPoint point;
    private final EqualAccuracy equal;
    private final OperatingPoint jpeg;
    private final PrintWriter out;
    private final boolean json;
    private long features;
    private long pictures;
    private int asked;

    DemoTalk(DeviceAgent device, OperatingPoint point, EqualAccuracy equal, PrintWriter out, boolean json) {
        this.device = device;
        this.point = point;
        this.equal = equal;
        this.jpeg = OperatingPoint.image("jpeg", equal.jpegQuality(), 0);
        this.out = out;
        this.json = json;
    }

    /** Every question of one picture. */
    void about(Shot shot) throws InterruptedException, IOException {
        long jpegBytes = wireBytes(device.encode(shot.image(), jpeg));
        if (!json) {
            out.printf("%n%s, %d x %d%n", shot.name(), shot.image().width(), shot.image().height());
        }
        for (String question : shot.questions()) {
            if (!json) {
                out.printf("  ? %s%n  > ", question);
                out.flush();
            }
            DeviceAnswer answer = device.ask(shot.image(), question, point, this::stream);
            long bytes = answer.sliceBytes() + (long) answer.slices() * FrameHeader.BYTES;
            features += bytes;
            pictures += jpegBytes;
            asked++;
            print(shot, question, answer, bytes, jpegBytes);
        }
    }

    private void stream(String words) {
        if (!json) {
            out.print(words);
            out.flush();
        }
    }

    private void print(Shot shot, String question, DeviceAnswer answer, long bytes, long jpegBytes) throws IOException {
        Times times = Times.of(answer);
        if (json) {
            ObjectNode node = new ObjectMapper().createObjectNode().put("picture", shot.name())
                    .put("question", question)
                    .put("answer", answer.text()).put("point", answer.point()).put("bytes", bytes)
                    .put("jpegBytes", jpegBytes).put("jpegQuality", equal.jpegQuality())
                    .put("jpegSource", equal.source()).put("tokens", answer.edge().tokensUsed())
                    .put("deviceMillis", times.device()).put("linkMillis", times.link()).put("edgeMillis", times.edge())
                    .put("firstWordMillis", times.firstWord()).put("answerMillis", times.answer());
            out.println(new ObjectMapper().writeValueAsString(node));
        } else {
            out.printf(Locale.ROOT,
                    "%n    %d bytes for %d tokens (%s); JPEG at quality %d: %d bytes, %.1f times as much%n", bytes,
                    answer.edge().tokensTotal(), answer.point(), equal.jpegQuality(), jpegBytes,
                    (double) jpegBytes / bytes);
            out.printf(Locale.ROOT,
                    "    first word after %.0f ms: device %.0f, link %.0f, edge %.0f; the rest of the answer %.0f ms%n",
                    times.firstWord(), times.device(), times.link(), times.edge(), times.answer());
        }
        out.flush();
    }

    /** What it came to. */
    void end() {
        if (!json && asked > 0) {
            out.printf(Locale.ROOT,
                    "%n%d questions: %d bytes a picture on the wire on average, %d as JPEG at quality %d (%s)%n",
                    asked, features / asked, pictures / asked, equal.jpegQuality(), equal.source());
            out.println("Bytes count slices and frame headers; TLS and TCP come on top for both.");
            out.flush();
        }
    }

    private static long wireBytes(EncodedPicture picture) {
        return picture.bytes() + (long) picture.slices().size() * FrameHeader.BYTES;
    }
}
