#include "rans/single.hpp"

#include <tandem/capability.h>

namespace tandem::rans {
namespace {

bool one(const Tables &t, Cursor &c, const std::uint16_t *rows, std::int32_t *values, std::size_t count,
         Failure &why) noexcept {
    return run_one(t, c, rows, values, count, why);
}

constexpr Kernel kernels[] = {{8, run_interleaved<8>}, {4, run_interleaved<4>}, {2, run_interleaved<2>}};

} // namespace

Tier scalar_tier() noexcept {
    return {TD_CAPABILITY_SCALAR, one, kernels};
}

} // namespace tandem::rans
