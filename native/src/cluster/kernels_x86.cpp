#include "cluster/kernels_scalar.hpp"
#include "cluster/tables_x86.hpp"

#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <tandem/capability.h>

namespace tandem::cluster {
namespace {

// The tier says that the CPU has tiles and 8-bit products; bfloat16 is a bit of its own, and Linux grants a process tile
// data (state component 18) when it asks.
bool bf16_tiles_granted() noexcept {
    if (capability().usable < TD_CAPABILITY_AMX)
        return false;
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
    __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx);
    constexpr long request_permission = 0x1023; // ARCH_REQ_XCOMP_PERM
    return ((edx >> 22) & 1U) != 0 && syscall(SYS_arch_prctl, request_permission, 18UL) == 0;
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
