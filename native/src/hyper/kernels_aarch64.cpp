// The kernels of aarch64.
#include "hyper/kernel.hpp"

namespace tandem::hyper {

Tiers<Kernel> kernels() noexcept {
    static constexpr const Kernel *all[] = {&kernel_scalar, &kernel_neon, &kernel_dotprod};
    return all;
}

} // namespace tandem::hyper
