// The kernels of x86-64.
#include "cluster/kernel.hpp"
#include "tile_state.hpp"

#include <cpuid.h>

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

Tiers<Kernel> kernels() noexcept {
    static constexpr const Kernel *all[] = {&kernel_scalar, &kernel_avx2, &kernel_avx512, &kernel_amx};
    static const bool tiles = bf16_tiles_granted();
    return Tiers<Kernel>(all).first(tiles ? 4 : 3);
}

} // namespace tandem::cluster
