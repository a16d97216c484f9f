package dev.tandem.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.foreign.NativeUnavailableException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnginesTest {
    private record Fake(String name, int rank, Availability availability) implements EngineProvider {
        @Override
        public Engine create(EngineSettings settings) {
            throw new UnsupportedOperationException();
        }
    }

    private static final EngineProvider FAST = new Fake("fast", 9, Availability.no("no board"));
    private static final EngineProvider PLAIN = new Fake("plain", 1, Availability.yes());

    @Test
    void theServiceLoaderFindsTheEngines() {
        assertEquals(List.of("onnx-cuda", "onnx"), Engines.all().stream().map(EngineProvider::name).toList());
        assertTrue(Engines.select("onnx").availability().available());
    }

    @Test
    void cudaIsAValueWithReasonsWhereItIsNotThere() {
        EngineProvider cuda = Engines.all().getFirst();
        if (cuda.availability().available()) {
            assertEquals("onnx-cuda", Engines.select(Engines.AUTO).name());
        } else {
            assertFalse(cuda.availability().reasons().isEmpty());
            assertEquals("onnx", Engines.select(Engines.AUTO).name());
            assertThrows(NativeUnavailableException.class, () -> cuda.create(EngineSettings.defaults()));
        }
    }

    @Test
    void autoTakesTheBestThatRuns() {
        assertEquals(PLAIN, Engines.select(List.of(FAST, PLAIN), Engines.AUTO));
        Exception none = assertThrows(NativeUnavailableException.class,
                () -> Engines.select(List.of(FAST), Engines.AUTO));
        assertTrue(none.getMessage().contains("fast: no board"), none.getMessage());
    }

    @Test
    void aNameIsTakenAtItsWord() {
        Exception off = assertThrows(NativeUnavailableException.class,
                () -> Engines.select(List.of(FAST, PLAIN), "fast"));
        assertTrue(off.getMessage().contains("no board"), off.getMessage());
        Exception unknown = assertThrows(IllegalArgumentException.class,
                () -> Engines.select(List.of(FAST, PLAIN), "slow"));
        assertTrue(unknown.getMessage().contains("fast, plain, auto"), unknown.getMessage());
    }

    @Test
    void settingsAndAnswersAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> EngineSettings.defaults().withThreads(-1));
        assertThrows(IllegalArgumentException.class, () -> EngineSettings.defaults().withThreads(5000));
        assertThrows(IllegalArgumentException.class, () -> new Availability(false, List.of()));
    }
}
