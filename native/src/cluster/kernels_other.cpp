// An architecture without kernels of its own.
#include "cluster/kernel.hpp"

namespace tandem::cluster {

Tiers<Kernel> kernels() noexcept {
    static constexpr const Kernel *all[] = {&kernel_scalar};
    return all;
}

} // namespace tandem::cluster
