// aarch64: the baseline is all that the compiler needs.
#include "quantise/quantise.hpp"

namespace tandem::quantise {

Tiers<Kernel> kernels() noexcept {
    static constexpr const Kernel *all[] = {&kernel_scalar};
    return all;
}

} // namespace tandem::quantise
