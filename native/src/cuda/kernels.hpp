// Loads the code of kernels for the current device, file by file; the first error is the runtime's, 0 for none.
#pragma once

#include <cstdint>

namespace tandem::cuda {

std::int32_t load_cluster_kernels() noexcept;
std::int32_t load_hyper_kernels() noexcept;
std::int32_t load_quantise_kernels() noexcept;

} // namespace tandem::cuda
