package dev.tandem.method.tofc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.api.Test;

class CodecConformanceTest {
    @Test
    void thisMachineComputesTheSameBitsAsEveryOther() throws NoSuchAlgorithmException {
        assertEquals(CodecConformance.EXPECTED, CodecConformance.hash());
    }
}
