// The kernels of x86-64.
#include "hyper/kernel.hpp"
#include "tile_state.hpp"

namespace tandem::hyper {

Tiers<Kernel> kernels() noexcept {
    static constexpr const Kernel *all[] = {&kernel_scalar, &kernel_avx2, &kernel_vnni, &kernel_amx};
    static const bool tiles = capability().usable >= TD_CAPABILITY_AMX && request_tile_state();
    return Tiers<Kernel>(all).first(tiles ? 4 : 3);
}

} // namespace tandem::hyper
