package dev.tandem.edge.serve;

import dev.tandem.command.Identities;
import dev.tandem.method.Evidence;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Method;
import dev.tandem.method.PackHeads;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import dev.tandem.task.Task;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.PackIdentity;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this edge takes and gives: operating points of the methods that may be used, and heads. Refuses the rest in
 * words, before a slice is decoded. Immutable; any thread.
 */
public final class Offer {
    private final PackMethods methods;
    private final PackHeads heads;
    private final List<String> names;

    private Offer(PackMethods methods, PackHeads heads, List<String> names) {
        this.methods = methods;
        this.heads = heads;
        this.names = names;
    }

    /**
     * What a pack can do, narrowed to some of its methods.
     *
     * @param wanted names of methods; empty: those of the pack that an edge takes by default
     * @throws PackException            for a method or a head of the pack that cannot be
     * @throws IllegalArgumentException for a wanted method that the pack does not serve, or where none is taken
     */
    public static Offer of(Pack pack, Set<String> wanted) {
        PackMethods methods = PackMethods.of(pack);
        for (String name : wanted) {
            if (!methods.names().contains(name)) {
                throw new IllegalArgumentException("offering the method [" + name + "]: the pack ["
                        + pack.manifest().name() + "] serves " + methods.names()
                        + "; name some of these");
            }
        }
        Set<String> taken = wanted.isEmpty()
                ? PackMethods.all().stream().filter(Method::byDefault).map(Method::name).collect(Collectors.toSet())
                : wanted;
        List<String> names = methods.names().stream().filter(taken::contains).toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("offering the pack [" + pack.manifest().name() + "]: it serves "
                    + methods.names() + ", which an edge takes only where they are named (--methods)");
        }
        return new Offer(methods, PackHeads.of(pack), names);
    }

    /** The pack. */
    public Pack pack() {
        return methods.pack();
    }

    /** Methods that may be used, in the manifest's order. */
    public List<String> methods() {
        return names;
    }

    /** The heads of the pack. */
    public PackHeads heads() {
        return heads;
    }

    PackMethods packMethods() {
        return methods;
    }

    /** What devices must hold alike. */
    PackIdentity identity() {
        return Identities.of(methods, names::contains);
    }

    /**
     * The operating point of that id, or of that name where the id is 0.
     *
     * @throws RefusedException UNKNOWN_OPERATING_POINT with those that there are
     */
    public Point point(int id, String name) {
        String asked = id == 0 ? name : Integer.toString(id);
        try {
            Point point = id == 0 ? methods.point(name) : methods.point(id);
            if (names.contains(point.method())) {
                return point;
            }
            throw unknown("this edge does not take the method [" + point.method() + "] of the operating point [" + asked
                    + "], which its --methods would have to name", null);
        } catch (PackException e) {
            throw unknown("the pack [" + pack().manifest().name() + "] has no operating point [" + asked + "]", e);
        }
    }

    private RefusedException unknown(String why, PackException cause) {
        List<String> points = methods.points().stream().filter(point -> names.contains(point.method()))
                .map(point -> point.id() + " " + point.name()).toList();
        List<String> forms = PackMethods.all().stream().filter(method -> names.contains(method.name()))
                .map(Method::adHocForms).flatMap(List::stream).toList();
        return new RefusedException(ErrorCode.UNKNOWN_OPERATING_POINT, "cannot decode the picture: " + why + "; it has "
                + points + (forms.isEmpty() ? "" : ", and those of the forms " + forms), cause);
    }

    /**
     * The head for a task: the one asked for, or the first of the pack that fits.
     *
     * @param point null for a task without a picture
     * @throws RefusedException UNSUPPORTED_TASK with the heads that there are
     */
    public HeadSection<?> head(String name, Task task, Point point) {
        Class<? extends Evidence> evidence = point == null ? null : methods.evidence(point.method());
        return heads.choose(name, task, evidence).orElseThrow(() -> new RefusedException(ErrorCode.UNSUPPORTED_TASK,
                "no head" + (name.isEmpty() ? "" : " [" + name + "]") + " of the pack [" + pack().manifest().name()
                        + "] can do the task [" + task.word() + "] "
                        + (evidence == null
                                ? "without a picture"
                                : "from the [" + evidence.getSimpleName() + "] of "
                                        + point.method())
                        + "; it has " + heads.described(),
                null));
    }

    /** The words of the tasks that a head answers, sorted. */
    public static List<String> tasks(HeadSection<?> head) {
        return head.answers().stream().map(task -> task.getSimpleName().toLowerCase(Locale.ROOT)).sorted().toList();
    }
}
