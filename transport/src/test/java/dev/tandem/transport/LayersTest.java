package dev.tandem.transport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The lines of the design: frame knows no Netty, session neither Netty nor clocks nor threads, netty may use both, and the module knows
 * nothing else of Tandem.
 */
class LayersTest {
    private static final JavaClasses TRANSPORT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.tandem");

    @Test
    void shouldKeepFramesFreeOfEverything() {
        classes().that().resideInAPackage("dev.tandem.transport.frame..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.tandem.transport.frame..").check(TRANSPORT);
    }

    @Test
    void shouldKeepSessionFreeOfNettyClocksAndThreads() {
        classes().that().resideInAPackage("dev.tandem.transport.session..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java.lang..", "java.util", "java.util.random..", "java.util.function..",
                        "java.util.stream..", "dev.tandem.transport.frame..", "dev.tandem.transport.session..")
                .check(TRANSPORT);
        noClasses().that().resideInAPackage("dev.tandem.transport.session..").should()
                .callMethod(System.class, "nanoTime").orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().dependOnClassesThat().areAssignableTo(Thread.class).check(TRANSPORT);
    }

    @Test
    void shouldKeepTransportToBytes() {
        classes().that().resideInAPackage("dev.tandem.transport..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.net.ssl..", "javax.naming..", "javax.security.auth.x500..",
                        "javax.crypto..",
                        "org.slf4j..", "io.netty..",
                        "dev.tandem.transport.frame..", "dev.tandem.transport.session..",
                        "dev.tandem.transport.netty..")
                .check(TRANSPORT);
    }

    @Test
    void shouldUseNoUnseededRandomNoSharedArenaNoLoading() {
        noClasses().should().callConstructor(Random.class).orShould().dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.foreign.Arena").orShould()
                .callMethod(System.class, "load", String.class)
                .orShould().callMethod(ByteBuffer.class, "allocateDirect", int.class).check(TRANSPORT);
    }
}
