package dev.tandem.cuda;

/**
 * One CUDA device.
 *
 * @param ordinal
 *            its number for the runtime
 * @param name
 *            as the driver calls it
 * @param major
 *            compute capability, major
 * @param minor
 *            compute capability, minor
 * @param totalBytes
 *            device memory
 * @param integrated
 *            whether it shares memory with the CPU
 */
public record CudaDevice(int ordinal, String name, int major, int minor, long totalBytes, boolean integrated) {
    /** For example {@code 0: Orin sm_87, 30 GiB, integrated}. */
    @Override
    public String toString() {
        return ordinal + ": " + name + " sm_" + major + minor + ", " + (totalBytes >> 30) + " GiB"
                + (integrated ? ", integrated" : "");
    }
}
