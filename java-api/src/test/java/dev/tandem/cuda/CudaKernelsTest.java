package dev.tandem.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.foreign.NativeLibrary;
import org.junit.jupiter.api.Test;

class CudaKernelsTest {
    @Test
    void theyCanRunOrAReasonSaysWhyNot() {
        CudaKernels kernels = CudaKernels.get();
        assertEquals(kernels.available(), kernels.reasons().isEmpty());
        assertTrue(kernels.file().getFileName().toString().contains("tandem_cuda"), kernels.file().toString());
    }

    @Test
    void aMissingLibraryIsNamedWithItsPathAndTheRemedy() {
        CudaKernels kernels = CudaKernels.probe(NativeLibrary.sibling("tandem_nowhere", "td_nothing"));
        assertFalse(kernels.available());
        String reasons = kernels.reasons().toString();
        assertTrue(reasons.contains("tandem_nowhere") && reasons.contains("nvcc"), reasons);
        assertEquals("", kernels.architectures());
    }

    @Test
    void aLoadedLibraryNamesItsArchitecturesEvenWithoutADevice() {
        NativeLibrary library = NativeLibrary.sibling("tandem_cuda", "td_cuda_version_abi");
        assumeTrue(library.available(), () -> "missing capability: libtandem_cuda " + library.reasons());
        CudaKernels kernels = CudaKernels.probe(library);
        assertTrue(kernels.architectures().matches("(sm_\\d+ )+compute_\\d+"), kernels.architectures());
        assertTrue(kernels.available() || kernels.reasons().getFirst().contains(kernels.architectures()),
                kernels.reasons().toString());
    }
}
