package dev.tandem.entropy.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.entropy.DecodedSlice;
import dev.tandem.entropy.SliceCodec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Pictures and slices of the conformance set against the slice codec over every implementation of the hyper-synthesis. */
class SliceConformanceTest {
    private static final List<SliceGroup> GROUPS = SliceGroup.read(ConformanceSet.committed(SliceGroup.FILE));

    @TestFactory
    Stream<DynamicTest> slicesAreWrittenReadAndRefused() {
        return Networks.readers().entrySet().stream().flatMap(reader -> GROUPS.stream()
                .map(group -> DynamicTest.dynamicTest(reader.getKey() + ", " + group.name(),
                        () -> check(group, new SliceCodec(group.model(reader.getValue()))))));
    }

    static void check(SliceGroup group, SliceCodec codec) {
        for (SliceGroup.Picture picture : group.pictures()) {
            List<byte[]> slices = codec.encode(picture.latents(), picture.step(), picture.limits());
            assertArrayEquals(picture.slices().toArray(), slices.toArray());
        }
        for (SliceGroup.Case c : group.cases()) {
            DecodedSlice[] decoded = new DecodedSlice[1];
            assertEquals(c.verdict(), Verdict.of(c.slice(), s -> decoded[0] = codec.decode(s)), c.name());
            if (c.verdict().accepted()) {
                assertEquals(c.decoded().operatingPoint(), decoded[0].operatingPoint(), c.name());
                assertEquals(c.decoded().firstRank(), decoded[0].firstRank(), c.name());
                assertEquals(c.decoded().count(), decoded[0].count(), c.name());
                assertEquals(c.decoded().total(), decoded[0].total(), c.name());
                assertArrayEquals(c.decoded().values(), decoded[0].values(), c.name());
            }
        }
    }
}
