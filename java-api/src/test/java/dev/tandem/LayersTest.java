package dev.tandem;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which package may use what. A departure is a decision, made by editing {@link LayerRules} or a line here. */
class LayersTest {
    private static final String FOREIGN = "dev.tandem.foreign..";
    private static final String[] VENDOR = {"dev.tandem.cuda..", "dev.tandem.engine.onnx..",
            "dev.tandem.engine.tensorrt.."};
    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.tandem");
    }

    @Test
    void packagesUseOnlyLowerLevels() {
        classes().should(LayerRules.useOnlyLowerLevels()).check(classes);
    }

    @Test
    void noCircleOfPackages() {
        slices().matching("dev.tandem.(**)").should().beFreeOfCycles().check(classes);
    }

    /** Methods and engines are found by ServiceLoader; what a method shares stands beside it. */
    @Test
    void nobodyImportsAMethodOrAnEngine() {
        for (String found : new String[]{"method.tofc", "method.raw", "method.image", "method.patches",
                "method.bottleneck", "method.squeeze", "engine.onnx", "engine.tensorrt"}) {
            noClasses().that().resideOutsideOfPackage("dev.tandem." + found + "..").should().dependOnClassesThat()
                    .resideInAPackage("dev.tandem." + found + "..").check(classes);
        }
    }

    @Test
    void vendorBindingsStayInThreePackages() {
        noClasses().that().resideOutsideOfPackages(VENDOR).should().dependOnClassesThat()
                .resideInAPackage("org.bytedeco..").check(classes);
    }

    @Test
    void noPointerIsInAPublicSignature() {
        classes().that().arePublic().should(LayerRulesSignatures.notShow("org.bytedeco")).check(classes);
    }

    @Test
    void onlyForeignLoadsAndLinks() {
        noClasses().that().resideOutsideOfPackage(FOREIGN).should().callMethod(System.class, "load", String.class)
                .orShould().callMethod(System.class, "loadLibrary", String.class).orShould()
                .callMethod(Linker.class, "nativeLinker").orShould()
                .dependOnClassesThat().areAssignableTo(SymbolLookup.class).check(classes);
    }

    @Test
    void onlyForeignMakesArenasThatOutliveAThread() {
        noClasses().that().resideOutsideOfPackage(FOREIGN).should().callMethod(Arena.class, "ofShared").orShould()
                .callMethod(Arena.class, "global").check(classes);
        noClasses().should().callMethod(Arena.class, "ofAuto").check(classes);
    }

    @Test
    void nobodyDrawsUnseededRandomNumbers() {
        noClasses().should().callConstructor(Random.class).orShould().callConstructor(SplittableRandom.class).orShould()
                .callMethod(Math.class, "random").orShould().callMethod(ThreadLocalRandom.class, "current")
                .check(classes);
    }

    @Test
    void nobodyAllocatesDirectBuffers() {
        noClasses().should().callMethod(ByteBuffer.class, "allocateDirect", int.class).check(classes);
    }
}
