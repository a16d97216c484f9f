package dev.tandem.hil.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.Arena;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rooms of the laboratory, each a real package; a departure is a decision, made by editing a line here. */
class LayersTest {
    private static final String LAB = "dev.tandem.hil.lab";
    /** Who forges slices of one codec has to write them. */
    private static final String FORGERS = ".*\\.sharing\\.FatSlices?";
    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.tandem");
    }

    @Test
    void thereAreThreeRooms() {
        Set<String> rooms = new TreeSet<>();
        classes.stream().map(each -> each.getPackageName()).filter(each -> each.startsWith(LAB)).forEach(rooms::add);
        assertEquals(Set.of(LAB + ".attack", LAB + ".sharing", LAB + ".trial"), rooms);
    }

    @Test
    void anAttackerKnowsFramesAndCertificatesAndNothingElseOfTandem() {
        classes().that().resideInAPackage(LAB + ".attack").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.net.ssl..", "io.netty..", LAB + ".attack",
                        "dev.tandem.transport.frame", "dev.tandem.transport.tls")
                .check(classes);
    }

    @Test
    void nobodyBelowTheCommandLineDependsOnTheLaboratory() {
        noClasses().that().resideOutsideOfPackages(LAB + "..", "dev.tandem.cli..").should().dependOnClassesThat()
                .resideInAPackage(LAB + "..").check(classes);
    }

    @Test
    void theRelayKnowsNothingOfTandem() {
        classes().that().resideInAPackage("dev.tandem.hil.relay..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.netty..", "org.slf4j..", "com.fasterxml.jackson..",
                        "dev.tandem.hil.relay..")
                .check(classes);
    }

    @Test
    void theLaboratoryTriesTheLinkAndNoModel() {
        noClasses().that().resideInAPackage(LAB + "..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.tandem.edge..", "dev.tandem.device..", "dev.tandem.hil.eval..",
                        "org.bytedeco..")
                .check(classes);
        noClasses().that().resideInAPackage(LAB + "..").and().haveNameNotMatching(FORGERS).should()
                .dependOnClassesThat().resideInAPackage("dev.tandem.method.*..").check(classes);
    }

    @Test
    void thereIsNoCircle() {
        slices().matching("dev.tandem.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void memoryHasAnOwnerAndLuckHasASeed() {
        noClasses().that().resideInAPackage(LAB + "..").should().callMethod(Arena.class, "ofShared").orShould()
                .callMethod(Arena.class, "ofAuto").orShould().callMethod(Arena.class, "global").orShould()
                .callConstructor(Random.class).orShould().callMethod(Math.class, "random").check(classes);
    }
}
