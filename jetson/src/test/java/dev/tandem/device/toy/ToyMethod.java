package dev.tandem.device.toy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Evidence;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.Host;
import dev.tandem.method.Knobs;
import dev.tandem.method.Look;
import dev.tandem.method.Method;
import dev.tandem.method.Need;
import dev.tandem.method.Point;
import dev.tandem.method.Section;
import dev.tandem.method.Slice;
import dev.tandem.pack.Checks;
import dev.tandem.pack.Pack;
import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A method whose point says what a look comes to: slices, an answer, or slices with a guess of its own. */
public final class ToyMethod implements Method {
    public static final List<Part> GUESS = List.of(new Part.Labels(List.of(new Label(7, "toy", 0.75f))));
    public static final byte[] SLICE = {1, 2, 3, 4};

    record ToyKnobs(String look) implements Knobs {}

    record ToySection(Pack pack, String table) implements Section {
        @Override
        public List<String> codingFiles() {
            return List.of(table);
        }

        @Override
        public DeviceHalf device(Host host) {
            pack.file(table);
            return new ToyHalf();
        }

        @Override
        public EdgeHalf edge(Host host) {
            throw new UnsupportedOperationException("the toy has no edge half");
        }

        @Override
        public List<GoldenResult> replay(Host host) {
            return List.of();
        }
    }

    record ToyHalf() implements DeviceHalf {
        @Override
        public Look look(RgbImage picture, Point point, Task task) {
            Map<String, Long> stages = Map.of("look", 5L);
            List<Slice> slices = List.of(new Slice(0, 0, SLICE), new Slice(1, 0, SLICE));
            return switch (point.knobs(ToyKnobs.class).look()) {
                case "here" -> new Look.Here(GUESS, stages);
                case "guess" -> new Look.Send(slices, 1, Need.ALL, 2, GUESS, stages);
                default -> new Look.Send(slices, 1, Need.ANY, 2, List.of(), stages);
            };
        }

        /** At one point only. */
        @Override
        public Optional<RgbImage> small(RgbImage picture, Point point) {
            return Optional.of(picture).filter(any -> point.name().equals("here"))
                    .map(whole -> whole.crop(0, 0, whole.width() / 2, whole.height() / 2));
        }

        @Override
        public void close() {
        }
    }

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public Class<? extends Evidence> evidence() {
        return Evidence.class;
    }

    @Override
    public Knobs knobs(String where, ObjectNode fields, Checks checks) {
        return checks.read(where, fields, ToyKnobs.class);
    }

    @Override
    public Optional<Knobs> adHoc(String name) {
        return name.startsWith("toy-") ? Optional.of(new ToyKnobs(name.substring(4))) : Optional.empty();
    }

    @Override
    public List<String> adHocForms() {
        return List.of("toy-here");
    }

    @Override
    public Section section(Pack pack, List<Point> points) {
        return new ToySection(pack, pack.section(name()).get("table").asText());
    }
}
