#include "quantise/quantise.hpp"

namespace tandem::quantise {

std::span<const Loops> all_loops() noexcept {
    static const Loops all[] = {loops_baseline, loops_avx2};
    return all;
}

} // namespace tandem::quantise
