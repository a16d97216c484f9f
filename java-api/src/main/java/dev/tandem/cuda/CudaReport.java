package dev.tandem.cuda;

import java.util.List;

/**
 * What the CUDA runtime says about this machine.
 *
 * @param devices
 *            usable devices, possibly none
 * @param runtimeVersion
 *            as CUDA counts (13010 is 13.1); 0 where the runtime did not load
 * @param driverVersion
 *            the newest runtime that the driver supports, same counting; 0 where unknown or no driver
 * @param reasons
 *            why there are no devices, empty where there are
 */
public record CudaReport(List<CudaDevice> devices, int runtimeVersion, int driverVersion, List<String> reasons) {
    public CudaReport {
        devices = List.copyOf(devices);
        reasons = List.copyOf(reasons);
    }

    public boolean available() {
        return !devices.isEmpty();
    }
}
