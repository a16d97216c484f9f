package dev.tandem.method.tofc.codec.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConformanceSetTest {
    private static final Map<String, byte[]> GENERATED = ConformanceSet.generate();

    @Test
    void theSeedsGiveTheCommittedBytes() {
        GENERATED.forEach((name, bytes) -> assertArrayEquals(ConformanceSet.committed(name), bytes, name));
    }

    @Test
    void itIsSmall() {
        assertTrue(GENERATED.values().stream().mapToInt(f -> f.length).sum() < 340_000);
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        assertArrayEquals(GENERATED.get(FileCase.TABLES),
                FileCase.writeTables(FileCase.readTables(GENERATED.get(FileCase.TABLES))));
        assertArrayEquals(GENERATED.get(StreamGroup.FILE),
                StreamGroup.write(StreamGroup.read(GENERATED.get(StreamGroup.FILE))));
        assertArrayEquals(GENERATED.get(HyperGroup.FILE),
                HyperGroup.write(HyperGroup.read(GENERATED.get(HyperGroup.FILE))));
        assertArrayEquals(GENERATED.get(SliceGroup.FILE),
                SliceGroup.write(SliceGroup.read(GENERATED.get(SliceGroup.FILE))));
        assertArrayEquals(GENERATED.get(LatentGroup.FILE),
                LatentGroup.write(LatentGroup.read(GENERATED.get(LatentGroup.FILE))));
    }

    @Test
    void everyKindOfErrorIsInIt() {
        Set<ErrorKind> seen = new HashSet<>();
        List<SliceGroup> slices = SliceGroup.read(GENERATED.get(SliceGroup.FILE));
        FileCase.readTables(GENERATED.get(FileCase.TABLES)).forEach(c -> seen.add(c.verdict().kind()));
        HyperGroup.read(GENERATED.get(HyperGroup.FILE)).files().forEach(c -> seen.add(c.verdict().kind()));
        StreamGroup.read(GENERATED.get(StreamGroup.FILE)).forEach(g -> g.cases()
                .forEach(c -> seen.add(c.verdict().kind())));
        slices.forEach(g -> g.cases().forEach(c -> seen.add(c.verdict().kind())));
        LatentGroup.read(GENERATED.get(LatentGroup.FILE)).forEach(g -> g.cases()
                .forEach(c -> seen.add(c.verdict().kind())));
        assertTrue(seen.remove(null), "some must be accepted");
        assertEquals(EnumSet.allOf(ErrorKind.class), seen);
    }
}
