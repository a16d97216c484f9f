package dev.tandem.engine.tensorrt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.cuda.CudaProbe;
import dev.tandem.engine.Availability;
import dev.tandem.engine.Engines;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorRtProbeTest {
    private static TensorRtVersion version(int major, int minor, int patch) {
        return new TensorRtVersion(major, minor, patch);
    }

    @Test
    void onlyTheSameMajorAndNothingOlderFits() {
        TensorRtVersion headers = version(10, 15, 1);
        assertEquals(List.of(), TensorRtProbe.mismatch(headers, version(10, 15, 1)));
        assertEquals(List.of(), TensorRtProbe.mismatch(headers, version(10, 16, 0)));
        for (TensorRtVersion wrong : List.of(version(10, 3, 0), version(10, 15, 0), version(8, 6, 2),
                version(11, 2, 0))) {
            assertTrue(TensorRtProbe.mismatch(headers, wrong).toString().contains("[" + wrong + "]"));
        }
    }

    @Test
    void theAnswerIsAValueWithReasonsWhateverIsMissing() {
        Availability answer = TensorRtProbe.availability();
        assertEquals(answer, TensorRtProbe.availability());
        assertFalse(answer.reasons().isEmpty());
        if (answer.available()) {
            assertTrue(CudaProbe.report().available());
        }
    }

    @Test
    void noProviderIsRegisteredThatCouldNotRunAGraph() {
        assertTrue(Engines.all().stream().noneMatch(provider -> provider.name().contains("tensorrt")));
    }
}
