// An architecture without kernels of its own.
#include "hyper/tier_kernels.hpp"

namespace tandem::hyper {

std::span<const Kernel> kernels() noexcept {
    static const Kernel all[] = {kernel_scalar};
    return all;
}

} // namespace tandem::hyper
