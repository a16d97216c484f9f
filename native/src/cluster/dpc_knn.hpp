// DPC-KNN on the kernels of a given tier; what the C function wraps, and what tests call for each tier.
#pragma once

#include "cluster/kernel.hpp"

#include <cstddef>
#include <cstdint>

#include <tandem/status.h>

namespace tandem::cluster {

struct Problem {
    const float *tokens;
    std::size_t n;
    std::size_t width;
    std::size_t clusters;
    std::size_t neighbours; // 1..n
    bool bf16;
};

struct Result {
    std::int32_t *centres;
    std::int32_t *assignment;
    float *merged;
    float *importance;
    std::int64_t where; // as the C ABI has it
};

std::size_t workspace_bytes(const Kernel &kernel, const Problem &problem) noexcept;

// workspace: workspace_bytes, any alignment.
td_status dpc_knn(const Kernel &kernel, const Problem &problem, void *workspace, Result &result) noexcept;

} // namespace tandem::cluster
