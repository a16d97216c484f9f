package dev.tandem.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tandem.edge.serve.Answerer;
import dev.tandem.edge.serve.EdgeDaemon;
import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The edge's lines: no device, no vendor types, generation knows no link, and the link runs no inference. */
class LayersTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.tandem");

    @Test
    void theEdgeKnowsNeitherDeviceNorTestBench() {
        noClasses().that().resideInAPackage("dev.tandem.edge..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.tandem.device..", "dev.tandem.hil..").check(ALL);
    }

    @Test
    void enginesAreFoundNotImported() {
        noClasses().that().resideInAPackage("dev.tandem.edge..").should().dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", "dev.tandem.engine.onnx..", "dev.tandem.engine.tensorrt..")
                .check(ALL);
    }

    @Test
    void generationKnowsNoLinkAndStartsNoThread() {
        noClasses().that().resideInAPackage("dev.tandem.edge.lmm..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.tandem.transport..", "io.netty..", "java.util.concurrent..").check(ALL);
        noClasses().that().resideInAPackage("dev.tandem.edge.lmm..").should().dependOnClassesThat()
                .areAssignableTo(Thread.class).check(ALL);
    }

    /** Inference needs engine or model; whatever Netty's event loops can call is in transport, which may know neither. */
    @Test
    void eventLoopsNeverRunInference() {
        noClasses().that().resideInAPackage("dev.tandem.transport..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.tandem.engine..", "dev.tandem.method..", "dev.tandem.pack..",
                        "dev.tandem.edge..", "dev.tandem.tensor..")
                .check(ALL);
        noClasses().that().resideInAPackage("dev.tandem.edge..").should().dependOnClassesThat()
                .resideInAPackage("io.netty..").check(ALL);
        classes().that().haveSimpleName("Answerer").should().onlyBeAccessed()
                .byClassesThat().haveNameMatching("dev\\.tandem\\.edge\\.(Answerer|EdgeDaemon).*").check(ALL);
    }

    @Test
    void memoryIsConfinedAndChanceSeeded() {
        noClasses().that().resideInAPackage("dev.tandem.edge..").should().callMethod(Arena.class, "ofShared").orShould()
                .callMethod(Arena.class, "ofAuto").orShould().callMethod(Arena.class, "global").orShould()
                .callConstructor(Random.class).orShould().callMethod(System.class, "load", String.class).check(ALL);
    }
}
