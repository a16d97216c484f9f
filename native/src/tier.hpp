// One kernel in several tiers: the best one that may run is chosen once, tests choose each.
#pragma once

#include "capability.hpp"

#include <cstdint>
#include <span>

#include <tandem/capability.h>

namespace tandem {

template <class Function>
struct Tiered {
    std::int32_t tier;
    Function *run;
};

// Whether a kernel of that tier may run where `level` is usable.
constexpr bool runs_at(std::int32_t tier, std::int32_t level) noexcept {
    return tier == TD_CAPABILITY_SCALAR || (tier <= level && tier / 100 == level / 100);
}

// The highest tier that may run; kernels holds at least the scalar one.
template <class Function>
constexpr Tiered<Function> best(std::span<const Tiered<Function>> kernels, std::int32_t level) noexcept {
    Tiered<Function> found = kernels[0];
    for (const Tiered<Function> &k : kernels)
        if (runs_at(k.tier, level) && (k.tier >= found.tier || !runs_at(found.tier, level)))
            found = k;
    return found;
}

} // namespace tandem
