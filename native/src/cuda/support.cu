// What the library says of itself and of the device.
#include "kernels.hpp"
#include "launcher.cuh"

#include <cstring>

#include <tandem/cuda.h>
#include <tandem/version.h>

#if !defined(TANDEM_CUDA_ARCHITECTURES)
#error "the build says which architectures it compiles for"
#endif

namespace tandem::cuda {
namespace {

// copy_text of libtandem; the two libraries do not share code.
td_status copy_text(const char *from, char *to, std::size_t capacity) noexcept {
    if (to == nullptr)
        return TD_STATUS_NULL_ARGUMENT;
    if (capacity == 0)
        return TD_STATUS_BAD_SIZE;
    const std::size_t bytes = std::strlen(from);
    const std::size_t count = bytes < capacity ? bytes : capacity - 1;
    std::memcpy(to, from, count);
    to[count] = '\0';
    return count == bytes ? TD_STATUS_OK : TD_STATUS_BUFFER_TOO_SMALL;
}

std::int32_t load() noexcept {
    int devices = 0;
    if (const cudaError_t error = cudaGetDeviceCount(&devices); error != cudaSuccess)
        return static_cast<std::int32_t>(error);
    if (devices == 0)
        return static_cast<std::int32_t>(cudaErrorNoDevice);
    for (auto *load : {load_cluster_kernels, load_hyper_kernels, load_quantise_kernels})
        if (const std::int32_t error = load(); error != 0)
            return error;
    return 0;
}

} // namespace
} // namespace tandem::cuda

extern "C" uint32_t td_cuda_version_abi(void) noexcept {
    return (static_cast<uint32_t>(TD_ABI_MAJOR) << 16) | TD_ABI_MINOR;
}

extern "C" td_status td_cuda_architectures(char *text, size_t capacity) noexcept {
    return tandem::cuda::copy_text(TANDEM_CUDA_ARCHITECTURES, text, capacity);
}

extern "C" td_status td_cuda_error_describe(int32_t cuda_error, char *text, size_t capacity) noexcept {
    return tandem::cuda::copy_text(cudaGetErrorString(static_cast<cudaError_t>(cuda_error)), text, capacity);
}

extern "C" td_status td_cuda_prepare(int32_t *cuda_error) noexcept {
    const std::int32_t error = tandem::cuda::load();
    (void)cudaGetLastError();
    if (cuda_error != nullptr)
        *cuda_error = error;
    return tandem::cuda::Launcher::status_of(error);
}
