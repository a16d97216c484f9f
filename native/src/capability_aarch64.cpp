// aarch64: NEON belongs to the architecture; the kernel reports the dot-product instructions.
#include "capability.hpp"

#include <sys/auxv.h>

#include <tandem/capability.h>

namespace tandem {

Capability probe_capability() noexcept {
    constexpr unsigned long dotprod = 1UL << 20; // HWCAP_ASIMDDP
    const std::int32_t tier =
        (getauxval(AT_HWCAP) & dotprod) != 0 ? TD_CAPABILITY_NEON_DOTPROD : TD_CAPABILITY_NEON;
    return {tier, tier};
}

} // namespace tandem
