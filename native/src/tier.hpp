// One kernel in several tiers: a table names them, the best one that may run is chosen once, tests choose each.
#pragma once

#include "capability.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

#include <tandem/capability.h>

namespace tandem {

// What one architecture has of a kernel. Kernel is any type with a member tier, a TD_CAPABILITY_*; the scalar one comes
// first, the others ascend.
template <class Kernel>
using Tiers = std::span<const Kernel *const>;

// Whether a kernel of that tier may run where `level` is usable.
constexpr bool runs_at(std::int32_t tier, std::int32_t level) noexcept {
    return tier == TD_CAPABILITY_SCALAR || (tier <= level && tier / 100 == level / 100);
}

// The kernels of a table that may run: its first ones, as they ascend.
template <class Kernel>
constexpr Tiers<Kernel> usable(Tiers<Kernel> kernels, std::int32_t level) noexcept {
    std::size_t count = 0;
    while (count < kernels.size() && runs_at(kernels[count]->tier, level))
        ++count;
    return kernels.first(count);
}

template <class Kernel>
constexpr const Kernel &best(Tiers<Kernel> kernels, std::int32_t level) noexcept {
    return *usable<Kernel>(kernels, level).back();
}

// The best one of a table in this process: what CPU, operating system and TANDEM_TIER allow; chosen by the first call.
template <auto table>
const auto &chosen() noexcept {
    static const auto &found = best(table(), capability().usable);
    return found;
}

} // namespace tandem
