// The kernels of aarch64.
#include "hyper/tier_kernels.hpp"

namespace tandem::hyper {

std::span<const Kernel> kernels() noexcept {
    static const Kernel all[] = {kernel_scalar, kernel_neon, kernel_dotprod};
    return all;
}

} // namespace tandem::hyper
