package dev.tandem.transport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The rooms of the link and what each may use: frame nothing but Java, session neither Netty nor clocks nor threads,
 * tls and wire what is below them, and the two ends all of it but never each other. The module knows nothing else of
 * Tandem.
 */
class LayersTest {
    private static final JavaClasses TRANSPORT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.tandem");
    private static final String ROOT = "dev.tandem.transport.";
    private static final List<String> NETTY = List.of("java..", "io.netty..", "org.slf4j..");
    private static final List<String> SECURITY = List.of("javax.net.ssl..", "javax.naming..", "javax.crypto..",
            "javax.security.auth.x500..");
    /** Package to what it may use beside itself. */
    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.of(
            "frame", List.of("java.."),
            "session", List.of("java.lang..", "java.util", "java.util.random..", "java.util.function..",
                    "java.util.stream..", "java.net", "java.nio.file", "java.time", ROOT + "frame"),
            "tls", with(with(NETTY, SECURITY), rooms("frame", "session")),
            "wire", with(with(NETTY, SECURITY), rooms("frame", "session", "tls")),
            "device", with(NETTY, rooms("frame", "session", "tls", "wire")),
            "edge", with(with(NETTY, SECURITY), rooms("frame", "session", "tls", "wire"))));

    private static List<String> rooms(String... names) {
        return Stream.of(names).map(each -> ROOT + each).toList();
    }

    private static List<String> with(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    @Test
    void usesOnlyWhatItsRoomAllows() {
        TreeSet<String> rooms = new TreeSet<>();
        TRANSPORT.forEach(each -> rooms.add(each.getPackageName()));
        assertEquals(MAY_USE.keySet().stream().map(each -> ROOT + each).toList(), List.copyOf(rooms));
        MAY_USE.forEach((room, allowed) -> classes().that().resideInAPackage(ROOT + room).should()
                .onlyDependOnClassesThat().resideInAnyPackage(with(allowed, rooms(room)).toArray(String[]::new))
                .check(TRANSPORT));
    }

    @Test
    void hasNoCircle() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(TRANSPORT);
    }

    @Test
    void keepsClocksAndThreadsOutOfSession() {
        noClasses().that().resideInAPackage(ROOT + "session").should().callMethod(System.class, "nanoTime").orShould()
                .callMethod(System.class, "currentTimeMillis").orShould().dependOnClassesThat()
                .areAssignableTo(Thread.class).check(TRANSPORT);
    }

    @Test
    void saysInEachRoomWhatItIsFor() {
        for (String room : MAY_USE.keySet()) {
            assertTrue(Files.exists(Path.of("src/main/java/dev/tandem/transport", room, "package-info.java")), room);
        }
    }

    @Test
    void usesNoUnseededRandomNoSharedArenaNoLoading() {
        noClasses().should().callConstructor(Random.class).orShould().dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.foreign.Arena").orShould()
                .callMethod(System.class, "load", String.class)
                .orShould().callMethod(ByteBuffer.class, "allocateDirect", int.class).check(TRANSPORT);
    }
}
