package dev.tandem.method.toy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.image.Resize;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Decoding;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Evidence;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.Host;
import dev.tandem.method.Knobs;
import dev.tandem.method.Look;
import dev.tandem.method.Method;
import dev.tandem.method.Need;
import dev.tandem.method.PlainSlice;
import dev.tandem.method.Point;
import dev.tandem.method.Section;
import dev.tandem.method.Slice;
import dev.tandem.pack.Checks;
import dev.tandem.pack.Pack;
import dev.tandem.task.Task;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The smallest method that does something: a picture's mean grey in squares. It lives in this folder and one line of
 * services, which is what docs/development.md promises.
 */
public final class ToyMethod implements Method {
    private static final byte KIND = 't';

    /** Squares of a side. */
    record Grid(int side) implements Knobs {}

    /** Mean grey of each square, 0 to 255. */
    public record Greys(byte[] values) implements Evidence {
        @Override
        public int used() {
            return values.length;
        }

        @Override
        public int total() {
            return values.length;
        }
    }

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public Class<? extends Evidence> evidence() {
        return Greys.class;
    }

    @Override
    public Knobs knobs(String where, ObjectNode fields, Checks checks) {
        Grid grid = checks.read(where, fields, Grid.class);
        checks.range(where + ".side", grid.side(), 1, 16);
        return grid;
    }

    @Override
    public Optional<Knobs> adHoc(String name) {
        return name.matches("toy-[1-9]") ? Optional.of(new Grid(name.charAt(4) - '0')) : Optional.empty();
    }

    @Override
    public List<String> adHocForms() {
        return List.of("toy-4");
    }

    @Override
    public Section section(Pack pack, List<Point> points) {
        return new ToySection();
    }

    private static final class ToySection implements Section {
        @Override
        public List<String> codingFiles() {
            return List.of();
        }

        @Override
        public DeviceHalf device(Host host) {
            return new ToyDevice();
        }

        @Override
        public EdgeHalf edge(Host host) {
            return new ToyEdge();
        }

        @Override
        public List<GoldenResult> replay(Host host) {
            return List.of();
        }
    }

    private static final class ToyDevice implements DeviceHalf {
        @Override
        public Look look(RgbImage picture, Point point, Task task) {
            int side = point.knobs(Grid.class).side();
            RgbImage small = Resize.bilinear(picture, side, side);
            ByteBuffer slice = PlainSlice.start(KIND, 1 + side * side);
            for (int i = 0; i < side * side; i++) {
                slice.put(
                        (byte) ((small.rgb()[3 * i] & 0xFF) * 299 / 1000 + (small.rgb()[3 * i + 1] & 0xFF) * 587 / 1000
                                + (small.rgb()[3 * i + 2] & 0xFF) * 114 / 1000));
            }
            return Look.Send.of(List.of(PlainSlice.seal(slice)), Need.ALL, side * side, Map.of());
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private static final class ToyEdge implements EdgeHalf {
        @Override
        public Decoding begin(Point point, int announced, int tiles) {
            return new ToyDecoding(point.knobs(Grid.class).side());
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private static final class ToyDecoding implements Decoding {
        private final int side;
        private Greys greys;

        ToyDecoding(int side) {
            this.side = side;
        }

        @Override
        public void add(List<Slice> slices) {
            ByteBuffer in = PlainSlice.open(slices.get(0).bytes(), KIND, side * side);
            byte[] values = new byte[side * side];
            in.get(values);
            greys = new Greys(values);
        }

        @Override
        public Evidence evidence() {
            if (greys == null) {
                throw new CorruptBitstreamException("picture", 0, "its one slice", "none");
            }
            return greys;
        }
    }
}
