package dev.tandem.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The edge's lines: no device, no vendor types, heads and methods found, and the link runs no inference. */
class LayersTest {
    private static final String EDGE = "dev.tandem.edge..";
    private static final String SERVE = "dev.tandem.edge.serve..";
    private static final String LMM = "dev.tandem.edge.lmm..";
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.tandem");

    /**
     * Package by package, subpackages not folded: who may use whom within the edge. A new package gets its line here.
     */
    private static final Map<String, Set<String>> USES = Map.of("dev.tandem.edge", Set.of("dev.tandem.edge.serve"),
            "dev.tandem.edge.serve", Set.of(), "dev.tandem.edge.lmm", Set.of());

    @Test
    void packagesUseOnlyWhatTheTableSays() {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass type : ALL) {
            if (type.getPackageName().startsWith("dev.tandem.edge")) {
                Set<String> uses = found.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>());
                type.getDirectDependenciesFromSelf().stream().map(Dependency::getTargetClass)
                        .map(JavaClass::getPackageName).filter(name -> name.startsWith("dev.tandem.edge"))
                        .filter(name -> !name.equals(type.getPackageName())).forEach(uses::add);
            }
        }
        assertEquals(new TreeMap<>(USES), found);
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        for (String name : USES.keySet()) {
            assertTrue(Files.exists(Path.of("src", "main", "java", name.replace('.', '/'), "package-info.java")), name);
        }
    }

    @Test
    void theEdgeKnowsNeitherDeviceNorTestBench() {
        noClasses().that().resideInAPackage(EDGE).should().dependOnClassesThat()
                .resideInAnyPackage("dev.tandem.device..", "dev.tandem.transport.device..", "dev.tandem.hil..")
                .check(ALL);
    }

    @Test
    void enginesMethodsAndHeadsAreFoundNotImported() {
        noClasses().that().resideInAPackage(EDGE).should().dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", "dev.tandem.engine.onnx..", "dev.tandem.engine.tensorrt..")
                .check(ALL);
        noClasses().that().resideInAPackage(SERVE).should().dependOnClassesThat()
                .resideInAPackage("dev.tandem.method.*..").check(ALL);
    }

    @Test
    void generationKnowsNoLinkAndStartsNoThread() {
        noClasses().that().resideInAPackage(LMM).should().dependOnClassesThat()
                .resideInAnyPackage("dev.tandem.transport..", "io.netty..", "java.util.concurrent..").check(ALL);
        noClasses().that().resideInAPackage(LMM).should().dependOnClassesThat().areAssignableTo(Thread.class)
                .check(ALL);
    }

    /**
     * Inference needs engine or head; whatever Netty's event loops can call is in transport, which may know neither.
     * Who uses the answerer does it as work that the model thread runs, a first preview too.
     */
    @Test
    void eventLoopsNeverRunInference() {
        noClasses().that().resideInAPackage("dev.tandem.transport..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.tandem.engine..", "dev.tandem.method..", "dev.tandem.pack..", EDGE,
                        "dev.tandem.tensor..")
                .check(ALL);
        noClasses().that().resideInAPackage(EDGE).should().dependOnClassesThat().resideInAPackage("io.netty..")
                .check(ALL);
        classes().that().haveSimpleName("Answerer").should().onlyBeAccessed()
                .byClassesThat()
                .haveNameMatching("dev\\.tandem\\.edge\\.serve\\.(Answerer|Draft|EdgeDaemon|LinkAnswers|LinkWork).*")
                .check(ALL);
        classes().that().haveSimpleName("OpenHeads").should().onlyBeAccessed()
                .byClassesThat().haveNameMatching("dev\\.tandem\\.edge\\.serve\\.(Answerer|OpenHeads).*").check(ALL);
    }

    /** Arenas are counted, and closed by their owner. */
    @Test
    void memoryIsCountedAndChanceSeeded() {
        noClasses().that().resideInAPackage(EDGE).should().callMethod(Arena.class, "ofShared").orShould()
                .callMethod(Arena.class, "ofAuto").orShould().callMethod(Arena.class, "global").orShould()
                .callMethod(Arena.class, "ofConfined").orShould().callConstructor(Random.class).orShould()
                .callMethod(System.class, "load", String.class).check(ALL);
    }
}
