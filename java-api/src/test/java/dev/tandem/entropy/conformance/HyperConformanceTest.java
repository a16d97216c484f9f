package dev.tandem.entropy.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.entropy.HyperSynthesis;
import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Networks of the conformance set against every implementation of the hyper-synthesis. */
class HyperConformanceTest {
    private static final HyperGroup.Set SET = HyperGroup.read(ConformanceSet.committed(HyperGroup.FILE));

    @TestFactory
    Stream<DynamicTest> networksComputeTheirIntegers() {
        return Networks.readers().entrySet().stream().flatMap(reader -> SET.groups().stream()
                .map(group -> DynamicTest.dynamicTest(reader.getKey() + ", " + group.name(),
                        () -> check(group, reader.getValue()))));
    }

    @TestFactory
    Stream<DynamicTest> filesAreReadOrRefusedForTheRightReason() {
        return Networks.readers().entrySet().stream()
                .map(reader -> DynamicTest.dynamicTest(reader.getKey(), () -> SET.files()
                        .forEach(c -> assertEquals(c.verdict(),
                                Verdict.of(c.file(), f -> reader.getValue().apply(ByteBuffer.wrap(f))), c.name()))));
    }

    private static void check(HyperGroup group, Function<ByteBuffer, HyperSynthesis> reader) {
        HyperSynthesis hyper = reader.apply(ByteBuffer.wrap(group.file()));
        for (HyperGroup.Run run : group.runs()) {
            int[] mean = new int[run.mean().length];
            int[] scale = new int[mean.length];
            hyper.run(run.expert(), run.z(), 0, mean, scale, 0);
            assertArrayEquals(run.mean(), mean);
            assertArrayEquals(run.scale(), scale);
        }
        for (HyperGroup.Index index : group.indices()) {
            assertEquals(index.index(), hyper.scaleIndex(index.logit(), index.shift()), index.toString());
        }
    }
}
