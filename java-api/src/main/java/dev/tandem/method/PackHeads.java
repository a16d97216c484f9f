package dev.tandem.method;

import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.Pack;
import dev.tandem.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The heads of a pack, their settings read and checked, nothing opened. Immutable; any thread. */
public final class PackHeads {
    private final List<HeadSection<?>> sections = new ArrayList<>();

    private PackHeads(Pack pack) {
        Map<String, HeadKind> known = new TreeMap<>();
        ServiceLoader.load(HeadKind.class).forEach(kind -> known.put(kind.kind(), kind));
        for (HeadSpec head : pack.manifest().heads()) {
            HeadKind kind = known.get(head.kind());
            if (kind == null) {
                throw pack.checks().field("heads." + head.name() + ".kind", head.kind(),
                        "a kind that this end can run: " + known.keySet() + "; update Tandem if the pack is newer");
            }
            sections.add(kind.section(head, pack));
        }
    }

    /**
     * The heads of a pack.
     *
     * @throws dev.tandem.pack.PackException for a head that cannot be
     */
    public static PackHeads of(Pack pack) {
        return new PackHeads(pack);
    }

    /** In the manifest's order. */
    public List<HeadSection<?>> all() {
        return List.copyOf(sections);
    }

    /**
     * The head for a task.
     *
     * @param name     the head asked for; empty: the first that fits
     * @param evidence what there is to read; null for a task without a picture
     * @return empty when none fits
     */
    public Optional<HeadSection<?>> choose(String name, Task task, Class<? extends Evidence> evidence) {
        return sections.stream().filter(head -> name.isEmpty() || head.name().equals(name))
                .filter(head -> head.answers().contains(task.getClass()))
                .filter(head -> evidence == null || head.reads().isAssignableFrom(evidence)).findFirst();
    }

    /** The heads in words, for a refusal: name, what they answer, what they read. */
    public List<String> described() {
        return sections.stream().map(head -> head.name() + " ("
                + head.answers().stream().map(Class::getSimpleName).sorted().toList() + " from "
                + head.reads().getSimpleName() + ")").toList();
    }
}
