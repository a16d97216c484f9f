package dev.tandem.pack;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Operating points: ranges, unique ids and names, and the knobs that their method needs (docs/pack.md section 4). */
final class PointCheck {
    private static final List<String> METHODS = List.of("tofc", "raw", "image");
    private final Refusals refusals;
    private final Manifest manifest;
    private final Set<Integer> ids = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    PointCheck(Refusals refusals, Manifest manifest) {
        this.refusals = refusals;
        this.manifest = manifest;
    }

    void run() {
        refusals.count("operatingPoints", manifest.operatingPoints().size(), 1, 256);
        manifest.operatingPoints().forEach(this::point);
        if (!names.contains(manifest.defaultOperatingPoint())) {
            throw refusals.field("defaultOperatingPoint", manifest.defaultOperatingPoint(), "one of " + names);
        }
    }

    private void point(OperatingPoint point) {
        ManifestCheck.name(refusals, "the name of an operating point", point.name());
        String where = "operatingPoints." + point.name();
        if (AdHocPoint.parse(point.name()).isPresent()) {
            throw refusals.field("the name of an operating point", point.name(),
                    "a name that is not one of the forms " + AdHocPoint.FORMS + ", which every pack understands");
        }
        if (!names.add(point.name())) {
            throw refusals.field("the name of an operating point", point.name(), "each name once");
        }
        refusals.range(where + ".id", point.id(), 1, 255);
        if (!ids.add(point.id())) {
            throw refusals.field(where + ".id", point.id(), "each id once");
        }
        if (!METHODS.contains(point.method())) {
            throw refusals.field(where + ".method", point.method(), "one of " + METHODS);
        }
        long tokens = manifest.graphs().get("encoder").output("last_hidden_state").orElseThrow().shape().get(1);
        refusals.range(where + ".clusters", point.clusters(), point.method().equals("tofc") ? 1 : 0, tokens);
        refusals.range(where + ".neighbours", point.neighbours(), 1, 64);
        refusals.range(where + ".slices", point.slices(), 0, 255);
        tofc(where, point);
        image(where, point);
    }

    private void tofc(String where, OperatingPoint point) {
        boolean coded = point.method().equals("tofc");
        if (coded && manifest.codec() == null) {
            throw refusals.field(where + ".method", point.method(), "a [codec] in the manifest for it to use");
        }
        if (coded ? !(point.step() >= 1e-6f && point.step() <= 1e6f) : point.step() != 0) {
            throw refusals.field(where + ".step", point.step(),
                    coded ? "a step from 1e-6 to 1e6" : "no step, since only tofc quantises");
        }
        refusals.range(where + ".scaleShift", point.scaleShift(), coded ? Short.MIN_VALUE : 0,
                coded ? Short.MAX_VALUE : 0);
    }

    private void image(String where, OperatingPoint point) {
        boolean picture = point.method().equals("image");
        if (picture ? !List.of("jpeg", "webp").contains(String.valueOf(point.format())) : point.format() != null) {
            throw refusals.field(where + ".format", point.format(),
                    picture ? "jpeg or webp" : "no format, since only image has one");
        }
        refusals.range(where + ".quality", point.quality(), picture ? 1 : 0, picture ? 100 : 0);
    }
}
