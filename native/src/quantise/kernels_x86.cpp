// The kernels of x86-64.
#include "quantise/quantise.hpp"

namespace tandem::quantise {

Tiers<Kernel> kernels() noexcept {
    static constexpr const Kernel *all[] = {&kernel_scalar, &kernel_avx2};
    return all;
}

} // namespace tandem::quantise
