#include "quantise/quantise.hpp"

namespace tandem::quantise {

// The baseline is all that the compiler needs here.
std::span<const Loops> all_loops() noexcept {
    return {&loops_baseline, 1};
}

} // namespace tandem::quantise
