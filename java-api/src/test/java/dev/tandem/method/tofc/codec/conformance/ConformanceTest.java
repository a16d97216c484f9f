package dev.tandem.method.tofc.codec.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The conformance set over every implementation, at the machine's best tier; {@code EveryTierTest} goes through the
 * others.
 */
class ConformanceTest {
    @TestFactory
    Stream<DynamicTest> everyImplementationGivesWhatTheSetHolds() {
        return ConformanceChecks.all().entrySet().stream()
                .map(check -> DynamicTest.dynamicTest(check.getKey(), check.getValue()::run));
    }
}
