package dev.tandem.device;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The device's lines: no edge, no vendor types, no tokenizer. */
class LayersTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.tandem");

    @Test
    void theDeviceKnowsNeitherEdgeNorTestBench() {
        noClasses().that().resideInAPackage("dev.tandem.device..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.tandem.edge..", "dev.tandem.hil..").check(ALL);
    }

    @Test
    void enginesAreFoundNotImported() {
        noClasses().that().resideInAPackage("dev.tandem.device..").should().dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", "dev.tandem.engine.onnx..", "dev.tandem.engine.tensorrt..",
                        "ai.djl..", "io.netty..")
                .check(ALL);
    }

    @Test
    void memoryIsConfinedAndChanceSeeded() {
        noClasses().that().resideInAPackage("dev.tandem.device..").should().callMethod(Arena.class, "ofShared")
                .orShould().callMethod(Arena.class, "ofAuto").orShould().callMethod(Arena.class, "global").orShould()
                .callConstructor(Random.class).orShould().callMethod(System.class, "load", String.class).check(ALL);
    }
}
