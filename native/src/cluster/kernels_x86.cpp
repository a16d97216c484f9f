#include "cluster/kernels_scalar.hpp"
#include "cluster/tables_x86.hpp"
#include "tile_state.hpp"

#include <cpuid.h>

#include <tandem/capability.h>

namespace tandem::cluster {
namespace {

// The tier says that the CPU has tiles and 8-bit products; bfloat16 is a bit of its own.
bool bf16_tiles_granted() noexcept {
    if (capability().usable < TD_CAPABILITY_AMX)
        return false;
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
    __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx);
    return ((edx >> 22) & 1U) != 0 && request_tile_state();
}

} // namespace

std::span<const Tiered<const Kernels>> all_kernels() noexcept {
    static constexpr Tiered<const Kernels> tiers[] = {{TD_CAPABILITY_SCALAR, &kernels_scalar},
                                                      {TD_CAPABILITY_AVX2, &kernels_avx2},
                                                      {TD_CAPABILITY_AVX512, &kernels_avx512},
                                                      {TD_CAPABILITY_AMX, &kernels_amx}};
    static const std::size_t count = bf16_tiles_granted() ? 4 : 3;
    return {tiers, count};
}

} // namespace tandem::cluster
