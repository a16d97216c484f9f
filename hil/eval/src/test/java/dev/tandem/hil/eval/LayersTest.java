package dev.tandem.hil.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rooms of the evaluation, each a real package; a departure is a decision, made by editing a line here. */
class LayersTest {
    private static final String EVAL = "dev.tandem.hil.eval";
    /** Lower ones first: a package may use those before it. */
    private static final List<String> ORDER = List.of(EVAL + ".data", EVAL + ".picture", EVAL, EVAL + ".link",
            EVAL + ".demo");
    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(EVAL);
    }

    @Test
    void packagesUseOnlyThoseBelow() {
        for (int i = 0; i < ORDER.size(); i++) {
            String[] above = ORDER.subList(i + 1, ORDER.size()).toArray(String[]::new);
            if (above.length > 0) {
                noClasses().that().resideInAPackage(ORDER.get(i)).should().dependOnClassesThat()
                        .resideInAnyPackage(above).check(classes);
            }
        }
        noClasses().that().resideInAPackage(EVAL + ".bench").should().dependOnClassesThat()
                .resideInAnyPackage(ORDER.toArray(String[]::new)).check(classes);
    }

    @Test
    void thereIsNoCircle() {
        slices().matching("dev.tandem.hil.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void onlyTheBenchOfTheCodecLooksIntoAMethod() {
        noClasses().that().resideOutsideOfPackage(EVAL + ".bench").should().dependOnClassesThat()
                .resideInAnyPackage("dev.tandem.method.*..").check(classes);
    }

    @Test
    void dataKnowNoModels() {
        noClasses().that().resideInAPackage(EVAL + ".data").should().dependOnClassesThat()
                .resideInAnyPackage("dev.tandem.engine..", "dev.tandem.edge..", "dev.tandem.device..").check(classes);
    }

    @Test
    void nobodyHereReachesVendorsOrSharedMemory() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("org.bytedeco..").check(classes);
        noClasses().should().callMethod(Arena.class, "ofShared").orShould()
                .callMethod(Arena.class, "ofAuto").orShould()
                .callMethod(Arena.class, "global").orShould()
                .callConstructor(Random.class).check(classes);
    }
}
