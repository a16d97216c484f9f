// An architecture without kernels of its own.
#include "hyper/kernel.hpp"

namespace tandem::hyper {

Tiers<Kernel> kernels() noexcept {
    static constexpr const Kernel *all[] = {&kernel_scalar};
    return all;
}

} // namespace tandem::hyper
