package dev.tandem.entropy.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.RansDecoder;
import dev.tandem.entropy.RansEncoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tables and streams of the conformance set against the plain Java coder. */
class StreamConformanceTest {
    private static final List<StreamGroup> GROUPS = StreamGroup.read(ConformanceSet.committed(StreamGroup.FILE));

    @Test
    void tablesFilesAreReadOrRefusedForTheRightReason() {
        for (FileCase c : FileCase.readTables(ConformanceSet.committed(FileCase.TABLES))) {
            assertEquals(c.verdict(), Verdict.of(c.file(), f -> CdfTables.read(ByteBuffer.wrap(f))), c.name());
        }
    }

    @TestFactory
    Stream<DynamicTest> streamsAreWrittenReadAndRefused() {
        return GROUPS.stream().map(group -> DynamicTest.dynamicTest(group.name(), () -> check(group)));
    }

    private static void check(StreamGroup group) {
        for (StreamGroup.Case c : group.cases()) {
            int[] values = new int[c.rows().length];
            Verdict verdict = Verdict.of(c.stream(), stream -> {
                RansDecoder decoder = new RansDecoder(stream, 0, stream.length);
                for (int i = 0; i < values.length; i++) {
                    values[i] = decoder.get(group.tables(), c.rows()[i]);
                }
                decoder.finish();
            });
            assertEquals(c.verdict(), verdict, c.name());
            if (verdict.accepted()) {
                assertArrayEquals(c.values(), values, c.name());
                RansEncoder encoder = new RansEncoder();
                for (int i = 0; i < values.length; i++) {
                    encoder.put(group.tables(), c.rows()[i], values[i]);
                }
                assertArrayEquals(c.stream(), encoder.finish(), c.name());
            }
        }
    }
}
