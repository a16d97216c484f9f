package dev.tandem.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class CudaProbeTest {
    @Test
    void devicesOrReasonsNeverBothMissing() {
        CudaReport report = CudaProbe.report();
        assertEquals(report, CudaProbe.report());
        assertNotEquals(report.devices().isEmpty(), report.reasons().isEmpty());
    }

    @Test
    void aDeviceReadsWell() {
        assertEquals("0: Orin sm_87, 30 GiB, integrated", new CudaDevice(0, "Orin", 8, 7, 30L << 30, true).toString());
    }
}
