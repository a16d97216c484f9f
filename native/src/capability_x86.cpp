// x86-64: CPUID says what the CPU has, XCR0 which registers the operating system saves for us, and for AMX the kernel
// is asked too (Linux grants tile data per process).
#include "capability.hpp"

#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <tandem/capability.h>

namespace tandem {
namespace {

constexpr bool has(std::uint64_t word, unsigned bit) noexcept {
    return (word >> bit) & 1U;
}

struct Registers {
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
};

Registers cpuid(unsigned leaf, unsigned subleaf) noexcept {
    Registers r;
    __get_cpuid_count(leaf, subleaf, &r.eax, &r.ebx, &r.ecx, &r.edx);
    return r;
}

std::uint64_t saved_state() noexcept {
    unsigned low = 0;
    unsigned high = 0;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (static_cast<std::uint64_t>(high) << 32) | low;
}

bool kernel_offers_tiles() noexcept {
    constexpr long get_supported = 0x1021; // ARCH_GET_XCOMP_SUPP
    std::uint64_t mask = 0;
    return syscall(SYS_arch_prctl, get_supported, &mask) == 0 && has(mask, 18);
}

} // namespace

Capability probe_capability() noexcept {
    const Registers one = cpuid(1, 0);
    const Registers seven = cpuid(7, 0);
    const bool avx2 = has(one.ecx, 28) && has(one.ecx, 12) && has(seven.ebx, 5) && has(seven.ebx, 8);
    const bool avx512 = avx2 && has(seven.ebx, 16) && has(seven.ebx, 17) && has(seven.ebx, 30) && has(seven.ebx, 31);
    const bool vnni = avx512 && has(seven.ecx, 11);
    const bool amx = vnni && has(seven.edx, 24) && has(seven.edx, 25);

    Capability found{TD_CAPABILITY_SCALAR, TD_CAPABILITY_SCALAR};
    found.in_cpu = amx      ? TD_CAPABILITY_AMX
                   : vnni   ? TD_CAPABILITY_AVX512_VNNI
                   : avx512 ? TD_CAPABILITY_AVX512
                   : avx2   ? TD_CAPABILITY_AVX2
                            : TD_CAPABILITY_SCALAR;

    const std::uint64_t state = has(one.ecx, 27) ? saved_state() : 0; // OSXSAVE
    const bool ymm = (state & 0x6U) == 0x6U;
    const bool zmm = ymm && (state & 0xE0U) == 0xE0U;
    const bool tiles = zmm && (state & 0x60000U) == 0x60000U;
    if (amx && tiles && kernel_offers_tiles())
        found.usable = TD_CAPABILITY_AMX;
    else if (vnni && zmm)
        found.usable = TD_CAPABILITY_AVX512_VNNI;
    else if (avx512 && zmm)
        found.usable = TD_CAPABILITY_AVX512;
    else if (avx2 && ymm)
        found.usable = TD_CAPABILITY_AVX2;
    return found;
}

} // namespace tandem
