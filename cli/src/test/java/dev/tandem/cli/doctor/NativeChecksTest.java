package dev.tandem.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.foreign.CapabilityLevel;
import org.junit.jupiter.api.Test;

class NativeChecksTest {

    @Test
    void theTierIsNamedWithWhatWouldBeBetter() {
        Finding finding = NativeChecks.tier(CapabilityLevel.AVX2, "avx2", null);
        assertEquals(Finding.State.OK, finding.state());
        assertTrue(finding.words().contains("avx2") && finding.words().contains("avx512, which it lacks"),
                finding.words());
        assertTrue(NativeChecks.tier(CapabilityLevel.AMX, "amx", "amx").words().contains("the best there is"));
        assertTrue(NativeChecks.tier(CapabilityLevel.NEON, "neon", null).words().contains("neon-dotprod"));
    }

    @Test
    void whatKeepsABetterOneAwayIsSaid() {
        Finding lowered = NativeChecks.tier(CapabilityLevel.SCALAR, "scalar; lowered by TANDEM_TIER", "scalar");
        assertEquals(Finding.State.NOTE, lowered.state());
        assertTrue(lowered.words().contains("unset it"), lowered.words());
        Finding withheld = NativeChecks.tier(CapabilityLevel.AVX2,
                "avx2; the CPU has avx512, which the operating system does not let us use", null);
        assertEquals(Finding.State.NOTE, withheld.state());
        assertTrue(withheld.words().contains("operating system"), withheld.words());
        assertTrue(NativeChecks.tier(CapabilityLevel.AVX2, "avx2", "avx9").words().contains("changes nothing"));
    }

    @Test
    void theLibraryIsLookedAt() {
        assertTrue(NativeChecks.library().getFirst().subject().contains("native library"));
    }
}
