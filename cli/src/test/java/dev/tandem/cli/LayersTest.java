package dev.tandem.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The top of the layers: hil joins both ends, and of what ships nobody depends on it; the command line joins all. */
class LayersTest {
    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.tandem");
    }

    @Test
    void nobodyDependsOnHil() {
        noClasses().that().resideOutsideOfPackages("dev.tandem.hil..", "dev.tandem.cli..").should()
                .dependOnClassesThat().resideInAPackage("dev.tandem.hil..").check(classes);
    }

    @Test
    void nobodyElseDependsOnTheLaboratory() {
        noClasses().that().resideOutsideOfPackages("dev.tandem.hil.lab..", "dev.tandem.cli..").should()
                .dependOnClassesThat().resideInAPackage("dev.tandem.hil.lab..").check(classes);
    }

    @Test
    void nobodyDependsOnTheCommandLine() {
        noClasses().that().resideOutsideOfPackage("dev.tandem.cli..").should().dependOnClassesThat()
                .resideInAPackage("dev.tandem.cli..").check(classes);
    }

    @Test
    void thereIsNoCircleBetweenPackages() {
        slices().matching("dev.tandem.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void deviceAndEdgeNeverSeeEachOther() {
        noClasses().that().resideInAPackage("dev.tandem.device..").should().dependOnClassesThat()
                .resideInAPackage("dev.tandem.edge..").allowEmptyShould(true).check(classes);
        noClasses().that().resideInAPackage("dev.tandem.edge..").should().dependOnClassesThat()
                .resideInAPackage("dev.tandem.device..").check(classes);
    }

    @Test
    void reportsKnowNothingOfModels() {
        noClasses().that().resideInAPackage("dev.tandem.hil.report..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.tandem.engine..", "dev.tandem.pack..", "dev.tandem.method..",
                        "dev.tandem.hil.eval..", "dev.tandem.hil.lab..")
                .check(classes);
    }

    @Test
    void vendorTypesAndSharedArenasStayBelow() {
        noClasses().that().resideInAnyPackage("dev.tandem.hil..", "dev.tandem.cli..").should().dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..").check(classes);
        noClasses().that().resideInAPackage("dev.tandem.hil..").should()
                .callMethod(java.lang.foreign.Arena.class, "ofShared")
                .orShould().callMethod(java.lang.foreign.Arena.class, "ofAuto").orShould()
                .callMethod(java.lang.foreign.Arena.class, "global").orShould()
                .callConstructor(java.util.Random.class).orShould().callMethod(System.class, "load", String.class)
                .check(classes);
    }
}
