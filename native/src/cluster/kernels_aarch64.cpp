#include "cluster/kernels_scalar.hpp"
#include "cluster/tables_aarch64.hpp"

#include <tandem/capability.h>

namespace tandem::cluster {

std::span<const Tiered<const Kernels>> all_kernels() noexcept {
    static constexpr Tiered<const Kernels> tiers[] = {{TD_CAPABILITY_SCALAR, &kernels_scalar},
                                                      {TD_CAPABILITY_NEON, &kernels_neon}};
    return tiers;
}

} // namespace tandem::cluster
