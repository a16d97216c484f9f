package dev.tandem.method.patches;

import dev.tandem.method.GoldenResult;
import dev.tandem.method.Host;
import dev.tandem.method.Point;
import dev.tandem.method.patches.codec.PatchCode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/** One vector of the learned patch codec: the payload byte for byte, and the patches back within a grey level. */
final class GoldenTransform {
    private static final String KIND = "codec";
    private static final double TOLERANCE = 1;

    private GoldenTransform() {
    }

    static GoldenResult run(PatchesSection section, Host host, TransformVector vector) {
        try (PatchCodes codes = section.codes(host)) {
            Point point = section.points().stream().filter(one -> one.name().equals(vector.point())).findFirst()
                    .orElseThrow();
            PatchCode code = codes.of(section.require(point).coding());
            byte[][] patches = patches(section, vector.patches());
            byte[] stored = section.pack().bytes(vector.payload());
            byte[] coded = code.coded(patches).of(IntStream.range(0, patches.length).toArray());
            byte[][] wanted = patches(section, vector.decoded());
            byte[][] back = code.decode(ByteBuffer.wrap(stored), patches.length);
            int most = 0;
            for (int i = 0; i < back.length; i++) {
                for (int d = 0; d < back[i].length; d++) {
                    most = Math.max(most, Math.abs((back[i][d] & 0xff) - (wanted[i][d] & 0xff)));
                }
            }
            int differs = Arrays.mismatch(coded, stored);
            return new GoldenResult(KIND, point.name(), most, most, TOLERANCE, differs < 0 && most <= TOLERANCE,
                    differs < 0
                            ? patches.length + " patches, " + coded.length + " bytes"
                            : "the coded bytes differ from byte " + differs);
        } catch (RuntimeException e) {
            return GoldenResult.failed(KIND, vector.point(), String.valueOf(e.getMessage()));
        }
    }

    private static byte[][] patches(PatchesSection section, String path) {
        byte[] all = section.pack().bytes(path);
        int row = section.grid().bytes();
        return IntStream.range(0, all.length / row).mapToObj(i -> Arrays.copyOfRange(all, i * row, (i + 1) * row))
                .toArray(byte[][]::new);
    }
}
