package dev.tandem;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.TreeMap;

/**
 * The table of packages and levels. A package may use only packages on lower levels; two packages of one level do not
 * know each other. A new package gets its line here, and that is a decision.
 */
final class LayerRules {
    private static final String ROOT = "dev.tandem.";

    static final Map<String, Integer> LEVELS = new TreeMap<>(Map.ofEntries(Map.entry("foreign", 0),
            Map.entry("tensor", 1), Map.entry("task", 1), Map.entry("cuda", 2), Map.entry("engine", 3),
            Map.entry("entropy", 3), Map.entry("cluster", 3), Map.entry("image", 3), Map.entry("pack", 3),
            Map.entry("engine.onnx", 4), Map.entry("engine.tensorrt", 4), Map.entry("method", 4),
            Map.entry("method.labels", 5), Map.entry("method.tokens", 6), Map.entry("method.latent", 6),
            Map.entry("method.raw", 7), Map.entry("method.image", 7), Map.entry("method.bottleneck", 7),
            Map.entry("method.squeeze", 7),
            Map.entry("method.tofc.codec", 7), Map.entry("method.tofc", 8),
            Map.entry("method.patches.codec", 7), Map.entry("method.patches", 8)));

    private LayerRules() {
    }

    /**
     * The line of the table of the class's own package, which is never folded into its parent; null where there is
     * none.
     */
    static String line(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(ROOT) && LEVELS.containsKey(name.substring(ROOT.length()))
                ? name.substring(ROOT.length())
                : null;
    }

    static ArchCondition<JavaClass> useOnlyLowerLevels() {
        return new ArchCondition<>("use only packages on lower levels") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String own = line(type);
                if (own == null) {
                    events.add(SimpleConditionEvent.violated(type,
                            type.getName() + " is in no package of the table: give it a line"));
                    return;
                }
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    check(own, dependency, events);
                }
            }

            private void check(String own, Dependency dependency, ConditionEvents events) {
                String other = line(dependency.getTargetClass());
                if (other != null && !other.equals(own) && LEVELS.get(other) >= LEVELS.get(own)) {
                    events.add(SimpleConditionEvent.violated(dependency, "level " + LEVELS.get(own) + " uses level "
                            + LEVELS.get(other) + ": " + dependency.getDescription()));
                }
            }
        };
    }
}
