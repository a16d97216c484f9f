#include "cluster/kernels_scalar.hpp"

#include <tandem/capability.h>

namespace tandem::cluster {

std::span<const Tiered<const Kernels>> all_kernels() noexcept {
    static constexpr Tiered<const Kernels> tiers[] = {{TD_CAPABILITY_SCALAR, &kernels_scalar}};
    return tiers;
}

} // namespace tandem::cluster
