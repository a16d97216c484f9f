// Puts kernels on the caller's stream, one after the other, until one fails.
#pragma once

#include "device.cuh"

#include <initializer_list>

#include <tandem/cuda.h>

namespace tandem::cuda {

class Launcher {
public:
    explicit Launcher(td_cuda_launch &launch) noexcept : launch_(launch) {
        launch.cuda_error = 0;
        if (launch.workspace_bytes > 0)
            next_ = static_cast<unsigned char *>(launch.workspace);
        (void)cudaGetLastError(); // what an earlier, unrelated call left behind
    }

    template <class... Parameters, class... Arguments>
    Launcher &run(void (*kernel)(Parameters...), dim3 grid, int threads, Arguments... arguments) noexcept {
        if (launch_.cuda_error == 0) {
#if defined(__CUDACC__)
            kernel<<<grid, static_cast<unsigned>(threads), 0, stream()>>>(arguments...);
            launch_.cuda_error = static_cast<std::int32_t>(cudaGetLastError());
#else
            simulator::run([&] { kernel(arguments...); }, grid, threads);
#endif
        }
        return *this;
    }

    Launcher &zero(void *memory, std::size_t bytes) noexcept {
        if (launch_.cuda_error == 0)
            launch_.cuda_error = static_cast<std::int32_t>(cudaMemsetAsync(memory, 0, bytes, stream()));
        return *this;
    }

    // The next count elements of the workspace.
    template <class Element>
    Element *take(std::size_t count) noexcept {
        auto *taken = reinterpret_cast<Element *>(next_);
        next_ += padded(count * sizeof(Element));
        return taken;
    }

    // What take needs for so many bytes.
    static constexpr std::size_t padded(std::size_t bytes) noexcept { return (bytes + 255) / 256 * 256; }

    td_status status() const noexcept { return status_of(launch_.cuda_error); }

    static td_status status_of(std::int32_t error) noexcept {
        switch (error) {
        case cudaSuccess:
            return TD_STATUS_OK;
        case cudaErrorNoDevice:
        case cudaErrorInsufficientDriver:
        case cudaErrorStubLibrary:
        case cudaErrorNoKernelImageForDevice:
        case cudaErrorUnsupportedPtxVersion:
            return TD_STATUS_UNSUPPORTED;
        default:
            return TD_STATUS_DEVICE_FAILED;
        }
    }

private:
    cudaStream_t stream() const noexcept { return static_cast<cudaStream_t>(launch_.stream); }

    td_cuda_launch &launch_;
    unsigned char *next_ = nullptr;
};

// A kernel as the runtime's functions about kernels take it.
template <class... Parameters>
const void *code(void (*kernel)(Parameters...)) noexcept {
    return reinterpret_cast<const void *>(kernel);
}

// Asks about each kernel, which loads it; the first error, or 0.
inline std::int32_t loaded(std::initializer_list<const void *> kernels) noexcept {
    cudaFuncAttributes attributes{};
    for (const void *kernel : kernels)
        if (const cudaError_t error = cudaFuncGetAttributes(&attributes, kernel); error != cudaSuccess)
            return static_cast<std::int32_t>(error);
    return 0;
}

// Null and size checks that every launching call shares; needed is 0 for a call without workspace.
inline td_status check_launch(const td_cuda_launch *launch, std::uint64_t needed) noexcept {
    if (launch == nullptr || (needed > 0 && launch->workspace == nullptr))
        return TD_STATUS_NULL_ARGUMENT;
    if (needed > 0 && launch->workspace_bytes < needed)
        return TD_STATUS_BUFFER_TOO_SMALL;
    if (needed > 0 && reinterpret_cast<std::uintptr_t>(launch->workspace) % 256 != 0)
        return TD_STATUS_OUT_OF_RANGE;
    return TD_STATUS_OK;
}

} // namespace tandem::cuda
