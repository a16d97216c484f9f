// The kernels of aarch64.
#include "cluster/kernel.hpp"

namespace tandem::cluster {

Tiers<Kernel> kernels() noexcept {
    static constexpr const Kernel *all[] = {&kernel_scalar, &kernel_neon};
    return all;
}

} // namespace tandem::cluster
