package dev.tandem.device;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The device's lines: no edge, no laboratory, no vendor types, no tokenizer; the rooms below the agent do not know it.
 */
class LayersTest {
    private static final String DEVICE = "dev.tandem.device..";
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.tandem");

    @Test
    void theDeviceKnowsNeitherEdgeNorTestBench() {
        noClasses().that().resideInAPackage(DEVICE).should().dependOnClassesThat()
                .resideInAnyPackage("dev.tandem.edge..", "dev.tandem.hil..", "dev.tandem.cli..",
                        "dev.tandem.transport.edge..")
                .check(ALL);
    }

    @Test
    void enginesAndMethodsAreFoundNotImported() {
        noClasses().that().resideInAPackage(DEVICE).should().dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", "dev.tandem.engine.onnx..", "dev.tandem.engine.tensorrt..",
                        "dev.tandem.method.*..", "ai.djl..", "io.netty..")
                .check(ALL);
    }

    @Test
    void lookingKnowsNoLinkAndNoAgent() {
        noClasses().that().resideInAPackage("dev.tandem.device.look..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.tandem.transport..", "dev.tandem.command..", "dev.tandem.device",
                        "dev.tandem.device.telemetry..")
                .check(ALL);
    }

    @Test
    void telemetryKnowsTheLinkOnly() {
        noClasses().that().resideInAPackage("dev.tandem.device.telemetry..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.tandem.device", "dev.tandem.device.look..", "dev.tandem.method..",
                        "dev.tandem.engine..")
                .check(ALL);
    }

    @Test
    void noPackagesUseEachOtherInACircle() {
        slices().matching("dev.tandem.(device..)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void memoryIsConfinedAndChanceSeeded() {
        noClasses().that().resideInAPackage(DEVICE).should().callMethod(Arena.class, "ofShared")
                .orShould().callMethod(Arena.class, "ofAuto").orShould().callMethod(Arena.class, "global").orShould()
                .callConstructor(Random.class).orShould().callMethod(System.class, "load", String.class).check(ALL);
    }
}
