package dev.tandem.method;

import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import dev.tandem.pack.PointSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The methods that a pack serves, their sections and operating points read and checked, nothing opened. Immutable; any
 * thread.
 */
public final class PackMethods {
    private final Pack pack;
    private final Map<String, Method> methods = new LinkedHashMap<>();
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final Map<String, byte[]> hashes = new TreeMap<>();
    private final List<Point> points;

    private PackMethods(Pack pack) {
        this.pack = pack;
        Map<String, Method> known = new TreeMap<>();
        all().forEach(method -> known.put(method.name(), method));
        for (String name : pack.manifest().methods().keySet()) {
            Method method = known.get(name);
            if (method == null) {
                throw pack.checks().field("a method in methods", name,
                        "one that this Tandem has: " + known.keySet() + "; update Tandem if the pack is newer");
            }
            methods.put(name, method);
        }
        points = pack.manifest().points().stream().map(this::point).toList();
        methods.forEach((name, method) -> {
            Section section = method.section(pack, of(name));
            sections.put(name, section);
            hashes.put(name, SectionHash.of(pack, name, section));
        });
    }

    /** Every method on the class path, by name. */
    public static List<Method> all() {
        return ServiceLoader.load(Method.class).stream().map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Method::name)).toList();
    }

    /**
     * The methods of a pack.
     *
     * @throws PackException for a section, a point or a method that cannot be
     */
    public static PackMethods of(Pack pack) {
        return new PackMethods(pack);
    }

    private Point point(PointSpec spec) {
        String where = "points." + spec.name();
        if (adHoc(spec.name()).isPresent()) {
            throw pack.checks().field("the name of an operating point", spec.name(),
                    "a name that is not one of the forms "
                            + forms() + ", which this pack understands anyway");
        }
        return new Point(spec.id(), spec.name(), spec.method(),
                methods.get(spec.method()).knobs(where + ".knobs", spec.knobs(), pack.checks()));
    }

    private Optional<Point> adHoc(String name) {
        for (Method method : methods.values()) {
            Optional<Knobs> knobs = method.adHoc(name);
            if (knobs.isPresent()) {
                return Optional.of(new Point(0, name, method.name(), knobs.get()));
            }
        }
        return Optional.empty();
    }

    private List<String> forms() {
        return methods.values().stream().flatMap(method -> method.adHocForms().stream()).toList();
    }

    /** The pack. */
    public Pack pack() {
        return pack;
    }

    /** Names of the methods, in the manifest's order. */
    public List<String> names() {
        return List.copyOf(methods.keySet());
    }

    /** The points of the manifest, in its order. */
    public List<Point> points() {
        return points;
    }

    /** Those of one method. */
    public List<Point> of(String method) {
        return points.stream().filter(point -> point.method().equals(method)).toList();
    }

    /** The point of that name: one of the manifest's, or an ad hoc one (docs/pack.md section 4). */
    public Point point(String name) {
        return points.stream().filter(point -> point.name().equals(name)).findFirst().or(() -> adHoc(name))
                .orElseThrow(() -> new PackException("looking for the operating point [" + name + "] of the pack in "
                        + pack.folder() + ": it has " + described() + ", and " + forms() + " always work"));
    }

    /** The point of that id. */
    public Point point(int id) {
        return points.stream().filter(point -> point.id() == id).findFirst()
                .orElseThrow(() -> new PackException("looking for the operating point [" + id + "] of the pack in "
                        + pack.folder() + ": it has " + described()));
    }

    /** The point used where nobody names one. */
    public Point defaultPoint() {
        return point(pack.manifest().defaultPoint());
    }

    /** The point that stands for a method: the default one, the manifest's first of it, or its first ad hoc form. */
    public Point first(String method) {
        pack.section(method);
        if (defaultPoint().method().equals(method)) {
            return defaultPoint();
        }
        return of(method).stream().findFirst()
                .or(() -> methods.get(method).adHocForms().stream().findFirst().flatMap(this::adHoc))
                .orElseThrow(() -> new PackException("looking for an operating point of the method [" + method
                        + "] of the pack in " + pack.folder() + ": it has none"));
    }

    /** A method's section, which the pack must have. */
    public Section section(String method) {
        pack.section(method);
        return sections.get(method);
    }

    /** What a method's edge half decodes. */
    public Class<? extends Evidence> evidence(String method) {
        pack.section(method);
        return methods.get(method).evidence();
    }

    /**
     * SHA-256 of what both ends of each method must hold alike (docs/pack.md section 3), 32 bytes, by method; copies.
     */
    public Map<String, byte[]> hashes() {
        Map<String, byte[]> copies = new TreeMap<>();
        hashes.forEach((name, hash) -> copies.put(name, hash.clone()));
        return copies;
    }

    private List<String> described() {
        List<String> names = new ArrayList<>();
        points.forEach(point -> names.add(point.id() + " " + point.name()));
        return names;
    }
}
