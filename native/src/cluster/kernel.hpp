// What a tier gives to the clustering: the steps that read all tokens or all distances. The rest is in steps.hpp, once.
#pragma once

#include "cluster/half_matrix.hpp"
#include "tier.hpp"

#include <cstddef>
#include <cstdint>

namespace tandem::cluster {

// A pair whose squared distance, taken from the dot product, is at most this share of its two squared norms (tokens less
// centre) is computed again by differences, as the Java reference does, to the same bits. Dot products are summed in runs
// of 128, so for width w the others are off by at most (130 + w / 128) * 2^-24 / near_bound: 2.7e-4 at a width of 1152,
// 1e-5 in practice.
constexpr float near_bound = 1.0F / 32;

// The K - 1 nearest are kept for all tokens at once up to this many; more are sought row by row.
constexpr std::size_t most_kept = 15;

struct GramTask {
    const float *tokens; // [n, width]
    std::size_t n;
    std::size_t width;
    const float *centre; // [width], taken off every token: distances do not change, cancellation does
    void *packed;        // packed_bytes(stride), aligned to 64
    float *norms;        // [stride]
    float *floors;       // [stride]
    HalfMatrix out;
    bool bf16; // round tokens less centre to bfloat16
};

struct Kernel {
    std::int32_t tier;
    std::size_t panel;
    std::size_t packed_bytes_per_row;

    // Mean squared differences of all pairs. Products are summed in an order that does not depend on where a token stands.
    void (*gram)(const GramTask &task) noexcept;

    // As gram with task.bf16, on the CPU's bfloat16 matrix unit; null where the tier has none and gram does it.
    void (*gram_bf16)(const GramTask &task) noexcept;

    // near[k * stride + i]: the kept smallest distances of token i to others, ascending; infinite on entry. Returns the
    // greatest distance of all, or infinity or NaN if a distance is.
    float (*neighbours)(const HalfMatrix &distances, std::size_t n, std::size_t kept, float *near) noexcept;

    // separation[i]: the least distance of token i to one of smaller rank; infinite on entry and for rank 0.
    void (*separation)(const HalfMatrix &distances, std::size_t n, const float *rank, float *separation) noexcept;

    // sums[width] += tokens of the given rows, one after another.
    void (*add_rows)(const float *tokens, std::size_t width, const std::int32_t *rows, std::size_t count,
                     double *sums) noexcept;
};

// An architecture defines and lists its own.
extern const Kernel kernel_scalar;
extern const Kernel kernel_avx2;
extern const Kernel kernel_avx512;
extern const Kernel kernel_amx; // AVX-512, and bfloat16 on tiles
extern const Kernel kernel_neon;

// Those of this architecture; that of AMX only where the process was granted tile data.
Tiers<Kernel> kernels() noexcept;

} // namespace tandem::cluster
