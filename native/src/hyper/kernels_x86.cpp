// The kernels of x86-64.
#include "hyper/tier_kernels.hpp"
#include "tile_state.hpp"

namespace tandem::hyper {

std::span<const Kernel> kernels() noexcept {
    static const Kernel all[] = {kernel_scalar, kernel_avx2, kernel_vnni, kernel_amx};
    static const bool tiles = capability().usable >= TD_CAPABILITY_AMX && request_tile_state();
    return std::span(all).first(tiles ? 4 : 3);
}

} // namespace tandem::hyper
